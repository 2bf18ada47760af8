import { setImmediate as others } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { isPortFree } from '#main/lib/ports.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { freePort } from '#test/harness/ports.ts';

const chain = 'local';

test('a chain is told as running only while its port responds, and as stopped only when it is free', async () => {
  await using core = await openTestApp({ follow: true });
  const { client } = await openDoor('in-process', core.app);
  const port = await freePort();
  await client.networks.save({ name: chain, kind: 'local', port });
  const seen = new Set<string>();
  /**
   * Looks as often as it can until the work is done. The core is in this process: a look may need
   * no answer of anything else, and many of them would keep the core from its own.
   */
  async function during(work: Promise<unknown>, look: (status: string) => unknown): Promise<void> {
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const { status } = await client.chains.get({ chain });
      seen.add(status);
      await look(status);
      await others();
    }
    await over;
  }
  await client.chains.start({ chain });
  await during(client.chains.restart({ chain }), (status) => expect(status).not.toBe('stopped'));
  await during(client.chains.stop({ chain }), async (status) => {
    if (status === 'stopped') expect(await isPortFree(port)).toBe(true);
  });
  expect(seen).toContain('starting');
  expect(seen).toContain('stopping');

  const started = client.chains.start({ chain });
  for (;;) {
    await others();
    const { status } = await client.chains.get({ chain });
    if (status !== 'running') continue;
    expect(Number(await rpc(`http://127.0.0.1:${port}`)('eth_chainId'))).toBe(31337);
    break;
  }
  await started;
});
