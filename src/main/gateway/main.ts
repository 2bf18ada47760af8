import { statSync, writeFileSync } from 'node:fs';
import { ownMark } from '../lib/process-mark.ts';
import { Chains } from './chains.ts';
import { markFile } from './control/address.ts';
import { buildOf } from './control/build-of.ts';
import { CONTROL_VERSION } from './control/protocol.ts';
import { controlServer } from './control-server.ts';
import { ownToken, takeControl } from './control-socket.ts';
import { EventRing } from './event-ring.ts';
import { Forwarders } from './forwarders.ts';
import { StateFile } from './state-file.ts';

const LOOK_MS = 5_000;
/** Without a chain, and without a core that listens. */
const IDLE_MS = 60_000;

/**
 * Serves the chains of a data folder until it is told to stop, its data folder is gone, or there
 * has been nothing to do for a minute. Resolves then; at once when another one serves it.
 */
export async function main(home: string, entry: string): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    resolve();
  };
  const startedAt = Date.now();
  // The core gives it a log for its errors.
  const warn = (message: string) =>
    void process.stderr.write(`${new Date().toISOString()} ${message}\n`);
  const events = new EventRing(home, warn);
  const state = new StateFile(home, warn);
  const chains = new Chains(events.tell, state);
  const forwarders = new Forwarders();
  const token = ownToken(home);
  const serve = () =>
    controlServer({
      token,
      chains,
      forwarders,
      events,
      stop,
      isStopping: () => isStopping,
      status: async () => ({
        version: CONTROL_VERSION,
        build: buildOf(entry),
        pid: process.pid,
        startedAt,
        rssBytes: process.memoryUsage.rss(),
        chains: await chains.status(),
        upstreams: forwarders.status(),
      }),
    });
  let server = serve();
  let control = await takeControl(server, home, token);
  if (!control) return;
  try {
    writeFileSync(markFile(home), await ownMark(), { mode: 0o600 });
  } catch {
    // On a full disk: no core can end it when it is frozen.
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  // The terminal of the core may end; users' programs go on.
  process.on('SIGHUP', () => undefined);
  let idleSince = Date.now();
  const look = async () => {
    if (chains.size + forwarders.size > 0 || events.hasListeners) idleSince = Date.now();
    const isGone = !statSync(home, { throwIfNoEntry: false })?.isDirectory();
    if (isGone || Date.now() - idleSince > IDLE_MS) stop();
    else if (control?.isInPlace() === false) {
      // Something has tidied up: no core would ever find this process again.
      server.close();
      server = serve();
      control = await takeControl(server, home, token);
      if (!control) stop();
    }
  };
  const watch = setInterval(() => void look().catch(stop), LOOK_MS);
  await over;
  clearInterval(watch);
  // Its place is free only once its ports are: the next one takes them at once.
  await Promise.all([chains.close(), forwarders.close()]);
  await Promise.all([state.flush(), events.flush()]);
  server.closeAllConnections();
  server.close();
}
