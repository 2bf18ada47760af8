import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { recorded } from '#test/harness/indexed.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { smallDisk, whyNoMount } from '#test/harness/small-disk.ts';

const chain = 'local';

describe.skipIf(skipAloud('full disks', whyNoMount()))('a full disk', () => {
  test('leaves a core that shows the chain, and catches up once there is room', async () => {
    using small = smallDisk(24);
    await using core = await openTestApp({ follow: true, home: path.join(small.path, 'data') });
    const { client } = await openDoor('in-process', core.app);
    const { rpcUrl } = await client.chains.start({ chain });
    try {
      const call = rpc(rpcUrl as string);
      const [from, to] = await call<string[]>('eth_accounts');
      const send = async (): Promise<string> => {
        const hash = await call<string>('eth_sendTransaction', [{ from, to, value: '0x1' }]);
        await vi.waitFor(async () =>
          expect(await call('eth_getTransactionReceipt', [hash])).not.toBeNull(),
        );
        return hash;
      };
      const listed = async () =>
        (await client.explorer.transactions({ network: chain, limit: 200 })).transactions.map(
          ({ hash }) => hash,
        );
      const sent = [await send()];
      expect(await listed()).toEqual(sent);

      small.fill();
      // More than SQLite has room for in what it has written already.
      for (let i = 0; i < 60; i++) sent.unshift(await send());
      expect(await listed()).toEqual(sent);
      const shown = await client.explorer.transaction({
        ...{ network: chain, hash: sent[0] as string, trace: true },
      });
      expect(shown).toMatchObject({ takenBack: false, trace: { type: 'CALL' } });

      small.free();
      sent.unshift(await send());
      const db = openDb(core.home);
      await recorded(db, chain, call).finally(() => db.close());
      expect(await listed()).toEqual(sent);
      const { total } = await client.explorer.transactions({ network: chain });
      expect(total).toBe(sent.length);
    } finally {
      await client.chains.stop({ chain });
    }
  });
});
