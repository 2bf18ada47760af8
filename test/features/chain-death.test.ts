import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { freePort } from '#test/harness/ports.ts';
import { rounds, seed } from '#test/harness/rounds.ts';

const chain = 'local';

test('a chain is started again at any moment around its death', async () => {
  await using core = await openTestApp({ follow: true });
  const { client } = await openDoor('in-process', core.app);
  await client.networks.save({ name: chain, kind: 'local', port: await freePort() });
  for (let round = 0; round < rounds(5, 400); round++) {
    const { pid, ...before } = await client.chains.start({ chain });
    // The start comes up to 20 ms before the kill or up to 20 ms after it.
    const wait = ((seed + round * 7) % 41) - 20;
    const killed = sleep(Math.max(0, -wait)).then(() => killChain({ pid, ...before }));
    const looking = round % 2 === 0 ? client.chains.list() : undefined;
    await sleep(Math.max(0, wait));
    const started = await client.chains.start({ chain });
    await Promise.all([killed, looking]);
    if (started.pid === pid) {
      // It was alive then.
      await vi.waitFor(async () => {
        expect((await client.chains.get({ chain })).status).toBe('stopped');
      }, 30_000);
      await client.chains.start({ chain });
    }
    const now = await client.chains.get({ chain });
    expect(now).toMatchObject({ status: 'running', problem: null });
    expect(now.pid).not.toBe(pid);
    expect(Number(await rpc(now.rpcUrl as string)('eth_chainId'))).toBe(31337);
  }
});
