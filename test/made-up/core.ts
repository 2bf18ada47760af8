/** A host whose kinds are the product's and a made-up one: `node core.ts`, as the built one runs. */
import { pino } from 'pino';
import { openApp } from '#main/app.ts';
import { startHost } from '#main/doors/host/start-host.ts';
import { allKinds } from '#main/kinds/all.ts';
import { letterKind } from './letter/letter.ts';

const app = await openApp({
  home: process.env.DRYDOCK_HOME as string,
  logger: pino({ level: process.env.DRYDOCK_TEST_LOG ?? 'silent' }, pino.destination(2)),
  follow: true,
  kinds: [...allKinds, letterKind],
});
const host = await startHost(app, { port: 0 });
await app.prepare();
process.once('SIGTERM', async () => {
  await host.close();
  await app.close();
  process.exit();
});
