import { setTimeout as sleep } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import { type App, openApp } from '#main/app.ts';
import type { Client } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { trustTemporaryFolders } from '#test/harness/trust.ts';

export interface Core extends AsyncDisposable {
  app: App;
  client: Client;
  home: string;
  /** A local chain of this core that no other part of the bench uses; not started yet. */
  chain: string;
}

/** A core of the bench's own, in this process. At its end nothing of it is left. */
export async function openCore({ follow } = { follow: true }): Promise<Core> {
  const folder = await temporaryFolder();
  const app = await openApp({ home: folder.path, logger: pino({ level: 'silent' }), follow });
  await app.prepare();
  trustTemporaryFolders(folder.path);
  const client = createRouterClient(app.router, { context: app.context });
  const chain = 'bench';
  await client.networks.save({ name: chain, kind: 'local', port: await freePort() });
  return {
    app,
    client,
    home: folder.path,
    chain,
    async [Symbol.asyncDispose]() {
      await client.chains.stop({ chain });
      await app.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Resolves once no snapshot is being written any more. Rejects when one can't be. */
export async function settled(client: Client, chain: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const snapshots = await client.chains.snapshots({ chain });
    if (snapshots.every((s) => s.durable)) return;
    if (Date.now() > deadline) throw new Error('a snapshot was not saved');
    await sleep(5);
  }
}

/** Deploys and reads the journal to its last event. Returns the final status and its reason. */
export async function deployAndWatch(
  client: Client,
  project: number,
  network: string,
  input: Record<string, unknown> = {},
): Promise<{ id: number; status: string; why: string }> {
  const { id } = await client.deployments.start({ project, target: network, input });
  let status = '';
  let why = '';
  for await (const events of await client.deployments.watch({ id })) {
    for (const event of events) {
      if (event.type !== 'status') continue;
      status = event.status;
      why = event.failure?.message ?? '';
    }
  }
  return { id, status, why };
}
