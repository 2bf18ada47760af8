import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, expect, test, vi } from 'vitest';
import { noticesFile } from '#main/gateway/control/notices.ts';
import { dataFolder, openTestApp, type TestApp } from '#test/harness/app.ts';
import { gatewaysOf } from '#test/harness/gateway-processes.ts';
import { ask } from '#test/harness/http-ask.ts';

const cleanups: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const chain = 'local';
const clientOf = ({ app }: TestApp) => createRouterClient(app.router, { context: app.context });

/** A page was refused while no core ran, and the gateway was killed then. */
async function killedWithNews() {
  const folder = await dataFolder();
  cleanups.push(() => folder[Symbol.asyncDispose]());
  const home = folder.path;
  const first = await openTestApp({ home });
  const started = await clientOf(first).chains.start({ chain });
  await first.app.close();
  const refuse = async (origin: string) => {
    await ask(started.port as number, { headers: { origin }, body: '{}' });
    await vi.waitFor(async () => {
      expect(await readFile(noticesFile(home), 'utf8')).toContain(origin);
    });
  };
  await refuse('https://app.example');
  const killedAt = Date.now();
  for (const pid of gatewaysOf(home)) process.kill(pid, 'SIGKILL');
  return { home, refuse, killedAt };
}

const refusedOf = (core: TestApp) => () =>
  clientOf(core).events.list({ types: ['origin.refused'] });

test.runIf(process.platform === 'linux')(
  'what a gateway that was killed had told no core becomes an event once, at its time',
  async () => {
    const { home, refuse, killedAt } = await killedWithNews();
    await appendFile(noticesFile(home), '{"id":');
    {
      await using one = await openTestApp({ home, follow: true });
      const refused = refusedOf(one);
      const [event] = await vi.waitFor(async () => {
        const all = await refused();
        expect(all).toMatchObject([{ chain, origin: 'https://app.example' }]);
        return all;
      });
      expect(event?.at).toBeLessThanOrEqual(killedAt);
      const log = await readFile(path.join(home, 'gateway', 'gateway.log'), 'utf8');
      expect(log).toContain(`Notices of the gateway are lost: 1 in ${noticesFile(home)}`);
      for (const pid of gatewaysOf(home)) process.kill(pid, 'SIGKILL');
    }
    await using two = await openTestApp({ home, follow: true });
    const refused = refusedOf(two);
    await vi.waitFor(() => refuse('https://two.example'));
    await vi.waitFor(async () =>
      expect(await refused()).toMatchObject([
        { origin: 'https://two.example' },
        { origin: 'https://app.example' },
      ]),
    );
  },
);

test.runIf(process.platform === 'linux')(
  'so it does where no gateway is needed any more',
  async () => {
    const { home } = await killedWithNews();
    {
      await using core = await openTestApp({ home });
      await clientOf(core).chains.stop({ chain });
    }
    expect(gatewaysOf(home)).toEqual([]);
    await using core = await openTestApp({ home, follow: true });
    const refused = refusedOf(core);
    await vi.waitFor(async () =>
      expect(await refused()).toMatchObject([{ chain, origin: 'https://app.example' }]),
    );
    expect(gatewaysOf(home)).toEqual([]);
  },
);
