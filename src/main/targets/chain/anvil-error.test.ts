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
  expect(
    fatalErrorIn(`Error: Failed to get block for block number: 3\nlatest block number: 0\n`),
  ).toBe('Failed to get block for block number: 3: latest block number: 0');
  expect(fatalErrorIn(`${banner}\nthread 'main' has overflowed its stack\n`)).toContain(
    'overflowed its stack',
  );
});

test('a panic in colours, with the calls that led to it, is told by its message', () => {
  const log = `${banner}eth_sendTransaction\n\n\x1b[31mThe application panicked (crashed).\x1b[0m
Message:  \x1b[36mpre-execution changes failed: Internal(Other(Database(GetAccount(0x0000f90827f1c53a10cb7a02335b175320002935, error sending request for url (http://127.0.0.1:1/)

Context:
- Error #0: client error (Connect)
- Error #2: Connection refused (os error 111)))))\x1b[0m
Location: \x1b[35mcrates/anvil/src/eth/backend/mem/mod.rs\x1b[0m:\x1b[35m1324\x1b[0m

  ━━━━━━━ BACKTRACE ━━━━━━━
  15: clone3\x1b[0m\n`;
  expect(fatalErrorIn(log)).toMatch(
    /^The application panicked \(crashed\)\.: pre-execution changes failed: .*error sending request for url.*: Error #2: Connection refused/,
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
