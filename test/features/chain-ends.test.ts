import { appendFile } from 'node:fs/promises';
import { createRouterClient } from '@orpc/server';
import { afterEach, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { ChainFolder } from '#main/features/chains/folder.ts';
import { processes } from '#main/lib/processes/processes.ts';
import { dataFolder, openTestApp, type TestApp } from '#test/harness/app.ts';

const cleanups: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const chain = 'local';
const clientOf = ({ app }: TestApp) => createRouterClient(app.router, { context: app.context });

async function problemOf(client: ReturnType<typeof clientOf>): Promise<string | null> {
  return vi.waitFor(async () => {
    const { status, problem } = await client.chains.get({ chain });
    expect(status).toBe('stopped');
    return problem;
  }, 20_000);
}

async function started() {
  const core = await openTestApp();
  cleanups.push(() => core[Symbol.asyncDispose]());
  const client = clientOf(core);
  const { pid, rpcUrl } = await client.chains.start({ chain });
  await expect(
    rpc(rpcUrl as string)('eth_estimateGas', [{ data: '0x60006000fd' }]),
  ).rejects.toThrow('revert');
  return { ...core, client, pid: pid as number };
}

const posix = test.runIf(process.platform !== 'win32');

posix.each([
  ['SIGKILL', /^anvil was ended by SIGKILL from outside, such as by kill -9 .+memory\. Start/],
  ['SIGTERM', /^anvil ended because it was asked to from outside, such as by SIGTERM .+\. Start/],
  ['SIGHUP', /^anvil was ended by SIGHUP from outside\. Start/],
  ['SIGABRT', /^anvil crashed \(SIGABRT\)\. Start/],
] as const)('of a chain that %s ends, that is shown', async (signal, shown) => {
  const { client, pid } = await started();
  process.kill(pid, signal);
  expect(await problemOf(client)).toMatch(shown);
});

posix('what anvil wrote at its end is shown, too', async () => {
  const { client, pid, home } = await started();
  const { log } = new ChainFolder(home, chain, await processes.own());
  // Stopped, it writes no line of a request behind this one.
  process.kill(pid, 'SIGSTOP');
  await appendFile(log, "\nthread 'main' panicked at backend.rs:1:2:\ncapacity overflow\n");
  process.kill(pid, 'SIGABRT');
  process.kill(pid, 'SIGCONT');
  expect(await problemOf(client)).toContain(
    "anvil crashed (SIGABRT): thread 'main' panicked at backend.rs:1:2: capacity overflow. Start",
  );
});

posix('of one that another core has started, only what is known', async () => {
  const folder = await dataFolder();
  cleanups.push(() => folder[Symbol.asyncDispose]());
  const first = await openTestApp({ home: folder.path });
  const { pid, rpcUrl } = await clientOf(first).chains.start({ chain });
  await rpc(rpcUrl as string)('eth_call', [{ data: '0x60006000fd' }]).catch(() => undefined);
  await first.app.close();
  process.kill(pid as number, 'SIGKILL');
  const second = await openTestApp({ home: folder.path });
  const problem = await problemOf(clientOf(second));
  await second.app.close();
  expect(problem).toMatch(/^anvil is gone, and has written no error: something else ended it/);
});
