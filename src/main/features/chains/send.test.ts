import type { Address } from 'viem';
import { expect, test } from 'vitest';
import { startAnvil } from '#test/kinds/bench.ts';
import { type Rpc, rpc } from '../../eth/rpc.ts';
import { chainSender } from './send.ts';

test('a chain that freezes as it takes a transaction may have been sent it', async () => {
  await using anvil = await startAnvil();
  const node = rpc(anvil.url, 1500);
  const [from = '0x'] = await node<Address[]>('eth_accounts');
  const frozen: Rpc = (method, params) => {
    anvil.signal('SIGSTOP');
    return node(method, params);
  };
  const doIt = <T>(_: string, work: () => Promise<T>) => work();
  const send = chainSender(
    {
      ...{ network: () => undefined, change: doIt },
      deps: {
        ...{ mask: (text: string) => text, changed: () => undefined },
        creations: { devAddresses: () => [from] },
      },
    },
    { requireRunning: async () => ({ call: frozen }) },
    { asked: doIt },
  );
  try {
    await expect(send('local', { from, to: from, data: '0x', value: '0x1' })).rejects.toMatchObject(
      {
        code: 'RPC_UNREACHABLE',
        message: expect.stringMatching(/may have been sent/),
        data: { fix: { command: `drydock address transactions ${from} --network local` } },
      },
    );
  } finally {
    anvil.signal('SIGCONT');
  }
});
