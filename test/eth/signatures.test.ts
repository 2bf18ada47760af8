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
  const transfers = shipped.events.get(
    '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  );
  expect(transfers?.map(indexedIn)).toEqual(['true,true,false', 'true,true,true']);
});

/** As explorers list them for the contracts that are deployed everywhere. */
test.each([
  ['0x82ad56cb', 'aggregate3'],
  ['0x252dba42', 'aggregate'],
  ['0xbce38bd7', 'tryAggregate'],
  ['0xac9650d8', 'multicall'],
  ['0x5ae401dc', 'multicall'],
  ['0x3593564c', 'execute'],
  ['0x24856bc3', 'execute'],
  ['0x414bf389', 'exactInputSingle'],
  ['0xc04b8d59', 'exactInput'],
  ['0xdb3e2198', 'exactOutputSingle'],
  ['0xf28c0498', 'exactOutput'],
  ['0x88316456', 'mint'],
  ['0x219f5d17', 'increaseLiquidity'],
  ['0x0c49ccbe', 'decreaseLiquidity'],
  ['0xfc6f7865', 'collect'],
  ['0x128acb08', 'swap'],
  ['0xfa461e33', 'uniswapV3SwapCallback'],
  ['0x38ed1739', 'swapExactTokensForTokens'],
  ['0x7ff36ab5', 'swapExactETHForTokens'],
  ['0xf305d719', 'addLiquidityETH'],
  ['0x6a761202', 'execTransaction'],
  ['0xb63e800d', 'setup'],
  ['0x1688f0b9', 'createProxyWithNonce'],
  ['0x8d80ff0a', 'multiSend'],
  ['0x468721a7', 'execTransactionFromModule'],
  ['0x2b67b570', 'permit'],
  ['0x2a2d80d1', 'permit'],
  ['0x30f28b7a', 'permitTransferFrom'],
  ['0x137c29fe', 'permitWitnessTransferFrom'],
  ['0x36c78516', 'transferFrom'],
  ['0x1f931c1c', 'diamondCut'],
  ['0x7a0ed627', 'facets'],
  ['0x4f1ef286', 'upgradeToAndCall'],
  ['0x1626ba7e', 'isValidSignature'],
  ['0x2a55205a', 'royaltyInfo'],
  ['0xd505accf', 'permit'],
  ['0x6e553f65', 'deposit'],
  ['0xd0e30db0', 'deposit'],
  ['0x2e1a7d4d', 'withdraw'],
  ['0xfeaf968c', 'latestRoundData'],
])('%s is %s', (selector, name) => {
  expect(shipped.functions.get(selector)?.[0]?.name).toBe(name);
});

test.each([
  ['0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67', 'Swap'],
  ['0xd78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822', 'Swap'],
  ['0x783cca1c0412dd0d695e784568c96da2e9c22ff989357a2e8b1d9b2b4e6b7118', 'PoolCreated'],
  ['0x442e715f626346e8c54381002da614f62bee8d27386535b2521ec8540898556e', 'ExecutionSuccess'],
  ['0x4f51faf6c4561ff95f067657e43439f0f856d97c04d9ec9070a6199ad418e235', 'ProxyCreation'],
  ['0x8faa70878671ccd212d20771b795c50af8fd3ff6cf27f4bde57e5d4de0aeb673', 'DiamondCut'],
])('%s is %s', (topic, name) => {
  expect(shipped.events.get(topic)?.[0]?.name).toBe(name);
});

test("what OpenZeppelin's contracts have", async () => {
  const contracts = await compileSolidity('src/OpenZeppelin.sol');
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
