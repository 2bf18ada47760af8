import { setTimeout as sleep } from 'node:timers/promises';
import { encodeDeployData, encodeFunctionData, erc20Abi, type Hex } from 'viem';
import { describe, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { startHostProcess } from '#test/harness/host-process.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { skipAloud } from '#test/harness/skip.ts';
import type { Published } from '#test/harness/third-party.ts';
import { tokenContracts, whyNoTokens } from '#test/harness/token-contracts.ts';

const PREPARE_MS = 300_000;
const RECEIVER: Hex = '0x00000000000000000000000000000000DeaDBeef';
const network = 'local';
const why = await whyNoTokens();

describe.skipIf(skipAloud('tokens of libraries', why))('a core that is killed', () => {
  test('in the middle of a deal leaves the whole of it or nothing', {
    timeout: PREPARE_MS,
  }, async () => {
    const plain = (await tokenContracts()).get('Plain') as Published;
    await using home = await temporaryFolder();
    let host = await startHostProcess(home.path);
    try {
      const { rpcUrl } = await host.client.chains.start({ chain: network });
      const call = rpc(rpcUrl as string);
      const [from] = await call<Hex[]>('eth_accounts');
      const hash = await call('eth_sendTransaction', [
        { from, gas: '0x989680', data: encodeDeployData({ ...plain, args: [] }) },
      ]);
      const token = await vi.waitFor(async () => {
        const found = await call<{ contractAddress: Hex } | null>('eth_getTransactionReceipt', [
          hash,
        ]);
        return (found as { contractAddress: Hex }).contractAddress;
      });
      const read = async (
        functionName: 'balanceOf' | 'totalSupply',
        args: readonly [Hex] | readonly [],
      ) =>
        BigInt(
          await call<Hex>('eth_call', [
            { to: token, data: encodeFunctionData({ abi: erc20Abi, functionName, args } as never) },
            'latest',
          ]),
        );
      const others = await read('totalSupply', []);
      for (let round = 1; round <= rounds(2, 40); round++) {
        const { client } = host;
        let isOver = false;
        const dealing = (async () => {
          for (let amount = 1; !isOver; amount++) {
            await client.accounts.deal({
              ...{ network, token, to: RECEIVER, raw: true, adjustSupply: true },
              amount: `${round * 1000 + amount}`,
            });
          }
        })().catch(() => undefined);
        await vi.waitFor(async () =>
          expect(await read('balanceOf', [RECEIVER])).toBeGreaterThan(round * 1000),
        );
        await sleep((seed * round) % 97);
        await host.kill();
        isOver = true;
        await dealing;
        const balance = await read('balanceOf', [RECEIVER]);
        expect(await read('totalSupply', []), `round ${round} of seed ${seed}`).toBe(
          others + balance,
        );
        host = await startHostProcess(home.path);
        expect(await host.client.chains.get({ chain: network })).toMatchObject({
          status: 'running',
        });
      }
    } finally {
      await host.client.chains.stop({ chain: network }).catch(() => undefined);
      await host.stop();
    }
  });
});
