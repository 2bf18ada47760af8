import { expect, test } from 'vitest';
import { fatalErrorIn } from './anvil-error.ts';

const banner = 'Genesis Number\n==================\n\n0\n\nListening on 127.0.0.1:8545\n';

test('what ended anvil is the error at the end of what it wrote', () => {
  expect(
    fatalErrorIn(
      `${banner}Error: failed to get fork block number\n\nContext:\n- Error #0: error sending request\n- Error #1: Connection refused (os error 111)\n`,
    ),
  ).toBe('failed to get fork block number: Error #1: Connection refused (os error 111)');
  expect(fatalErrorIn(`error: invalid value 'x' for '--port <PORT>'\n\nFor more.\n`)).toBe(
    "invalid value 'x' for '--port <PORT>'",
  );
  expect(
    fatalErrorIn(
      `${banner}eth_call\n\nthread 'main' panicked at crates/anvil/src/eth/backend.rs:12:5:\ncapacity overflow\nnote: run with \`RUST_BACKTRACE=1\`\n`,
    ),
  ).toBe("thread 'main' panicked at crates/anvil/src/eth/backend.rs:12:5: capacity overflow");
  expect(fatalErrorIn(`${banner}\nthread 'main' has overflowed its stack\n`)).toContain(
    'overflowed its stack',
  );
});

test('what a request failed with, or what it went on after, is none', () => {
  const failed = `${banner}eth_estimateGas\n\nRPC request failed:\n    Request: EthEstimateGas(…)\n    Error: Execution error: execution reverted\n\n`;
  expect(fatalErrorIn(failed)).toBeUndefined();
  expect(fatalErrorIn(`${failed}Error: a reason of a contract\n\neth_chainId\n`)).toBeUndefined();
  expect(
    fatalErrorIn(`${banner}thread 'tokio-runtime-worker' panicked at a.rs:1:1:\nx\neth_call\n`),
  ).toBeUndefined();
  expect(fatalErrorIn('')).toBeUndefined();
});
