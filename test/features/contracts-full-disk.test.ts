import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { smallDisk, whyNoMount } from '#test/harness/small-disk.ts';

const ADDRESS = '0x00000000000000000000000000000000DeaDBeef';

/** Larger than what SQLite has room for in what it has written already. */
const abi = Array.from({ length: 3000 }, (_, i) => ({
  ...{ type: 'function', name: `f${i}_${'x'.repeat(1900)}`, stateMutability: 'view' },
  ...{ inputs: [], outputs: [{ name: '', type: 'uint256' }] },
}));

describe.skipIf(skipAloud('full disks', whyNoMount()))('a full disk', () => {
  test('keeps no half of an ABI or a call, and takes them once there is room', async () => {
    using small = smallDisk(40);
    await using core = await openTestApp({ home: path.join(small.path, 'data') });
    const { client } = await openDoor('in-process', core.app);
    const { rpcUrl } = await client.chains.start({ chain: 'local' });
    try {
      await rpc(rpcUrl as string)('anvil_setCode', [ADDRESS, '0x60005460005260206000f3']);
      const add = () =>
        client.contracts.add({ network: 'local', address: ADDRESS, name: 'Kept', abi });
      const one = abi[0]?.name ?? '';
      const save = () =>
        client.contracts.saveCall({
          ...{ network: 'local', name: 'read it', contract: 'Kept', function: one },
          arguments: [],
        });
      small.fill();
      await expect(add()).rejects.toMatchObject({
        message: expect.stringMatching(/disk|space|room/i),
      });
      expect((await client.contracts.live({})).added).toEqual([]);

      small.free();
      await add();
      expect((await client.contracts.live({})).added).toMatchObject([{ name: 'Kept' }]);
      small.fill();
      // There may be room for one in what is written already.
      const failed: unknown[] = [];
      for (let i = 0; i < 200 && failed.length === 0; i++) {
        const call = { network: 'local', name: `call ${i}`, contract: 'Kept', function: one };
        await client.contracts
          .saveCall({ ...call, arguments: [] })
          .catch((error) => failed.push(error));
      }
      const kept = await client.contracts.calls({});
      small.free();
      await save();
      expect(await client.contracts.calls({})).toHaveLength(kept.length + 1);
      expect(
        await client.contracts.read({ network: 'local', contract: 'Kept', function: one }),
      ).toMatchObject({ value: '0' });
    } finally {
      small.free();
      await client.chains.stop({ chain: 'local' });
    }
  });
});
