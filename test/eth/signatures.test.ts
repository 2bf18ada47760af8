import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Abi } from 'viem';
import { expect, test } from 'vitest';
import { abiIndex, signatureOf } from '#main/eth/inside/abi-index.ts';
import { shippedSignatures } from '#main/eth/inside/signatures.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { compileSolidity } from '../harness/solidity.ts';

const shipped = shippedSignatures();

/** What of an ABI isn't known, by its own selectors and topics and with the same indexed parameters. */
function missing(abi: Abi, kinds: readonly ('functions' | 'errors' | 'events')[]): string[] {
  const own = abiIndex(abi);
  return kinds.flatMap((kind) =>
    [...own[kind]].flatMap(([selector, items]) =>
      items
        .filter(
          (item) =>
            !shipped[kind]
              .get(selector)
              ?.some(
                (known) =>
                  signatureOf(known) === signatureOf(item) && indexedIn(known) === indexedIn(item),
              ),
        )
        .map(signatureOf),
    ),
  );
}
const indexedIn = ({ inputs }: { inputs: readonly object[] }) =>
  inputs.map((input) => 'indexed' in input && input.indexed).join();

test('selectors and topics of the standards', () => {
  expect(shipped.functions.get('0xa9059cbb')?.map(signatureOf)).toEqual([
    'transfer(address,uint256)',
  ]);
  expect(shipped.functions.get('0x6a761202')?.[0]?.name).toBe('execTransaction');
  expect(shipped.functions.get('0x414bf389')?.[0]?.name).toBe('exactInputSingle');
  expect(shipped.functions.get('0x2b67b570')?.[0]?.name).toBe('permit');
  expect(shipped.functions.get('0x1f931c1c')?.[0]?.name).toBe('diamondCut');
  const transfers = shipped.events.get(
    '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  );
  expect(transfers?.map(indexedIn)).toEqual(['true,true,false', 'true,true,true']);
});

test("what OpenZeppelin's contracts have", () => {
  const contracts = compileSolidity('src/OpenZeppelin.sol', {});
  expect(contracts.size).toBeGreaterThan(30);
  const unknown = [...contracts.values()].flatMap(({ abi }) => missing(abi, ['errors', 'events']));
  expect([...new Set(unknown)].sort()).toEqual([]);
  const token = contracts.get('Token')?.abi ?? [];
  expect(missing(token, ['functions'])).toEqual([]);
});

test("what Uniswap's v2 contracts have", () => {
  for (const name of ['UniswapV2Factory', 'UniswapV2Pair']) {
    const file = path.join(appRoot(), `node_modules/@uniswap/v2-core/build/${name}.json`);
    const { abi } = JSON.parse(readFileSync(file, 'utf8')) as { abi: Abi };
    expect(missing(abi, ['functions', 'events'])).toEqual([]);
  }
});
