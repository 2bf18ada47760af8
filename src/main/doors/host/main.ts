import { parseArgs } from 'node:util';
import { openApp } from '../../app.ts';
import { onInterrupt } from '../../lib/cli/on-interrupt.ts';
import { resolveHome } from '../../lib/data-home.ts';
import { openLogger } from '../../lib/logger.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { openingAddress, renewTokenOf } from './control.ts';
import { findHost } from './discovery-file.ts';
import { startHost } from './start-host.ts';
import { renewToken } from './token.ts';

export interface ServeOptions {
  port?: number;
  /** Open the address in the user's browser. */
  open?: boolean;
  /** Called once it can be reached, also when another process serves this data folder already. */
  onReady(host: { url: string; port: number; token: string; address: string }): void;
}

/**
 * The address stands in the process list of the machine: it leads in once, and never holds the
 * token. The package is loaded when it's needed: most commands never open a browser.
 */
async function openInBrowser(host: { url: string; token: string }): Promise<void> {
  const { default: openAddress } = await import('open');
  await openAddress(await openingAddress(host)).catch(() => undefined);
}

/** A host without a browser is of use all the same: its address was told. */
function noBrowser(error: unknown): void {
  process.stderr.write(`The browser could not be opened: ${messageOf(error)}\n`);
}

/**
 * Gives the data folder a new token, and the host that runs, if one does, takes it at once: every
 * page and script that came with the old one is refused. Returns how to get in from now on; without
 * a host there is no address yet.
 */
export async function rotateToken(): Promise<{
  url: string | null;
  port: number | null;
  token: string;
}> {
  const home = resolveHome();
  const running = await findHost(home);
  if (running) {
    const { url, port } = running;
    return { url, port, token: await renewTokenOf(running) };
  }
  // A data folder with a token and no database would look like one that has lost it.
  const app = await openApp({ home, logger: openLogger(home) });
  const token = await renewToken(home);
  try {
    (await app.access()).renewed({ ...app.context.caller, door: 'cli' });
  } finally {
    await app.close();
  }
  // One that was just starting has read the old token.
  const started = await findHost(home);
  if (!started || started.token === token) return { url: null, port: null, token };
  return { url: started.url, port: started.port, token: await renewTokenOf(started) };
}

/** Until the process is asked to end. */
const untilAsked = (): Promise<void> => new Promise((resolve) => onInterrupt(resolve));

/**
 * Serves the data folder until the process is asked to end. When a host or window serves it
 * already, tells that one's address and returns. Throws PORT_TAKEN, DATA_FOLDER_UNUSABLE.
 */
export async function serve({ port, open, onReady }: ServeOptions): Promise<void> {
  const home = resolveHome();
  const show = async (host: { url: string; port: number; token: string }) => {
    const address = `${host.url}/?token=${host.token}`;
    onReady({ url: host.url, port: host.port, token: host.token, address });
    if (open) await openInBrowser(host).catch(noBrowser);
  };

  const running = await findHost(home);
  if (running) {
    if (port !== undefined && port !== 0 && port !== running.port) {
      throw new AppError(
        'PORT_TAKEN',
        `Drydock serves this data folder on port ${running.port} already (process ${running.pid}). End that one first, or leave the port out.`,
        { field: 'port' },
      );
    }
    await show(running);
    return;
  }

  const asked = untilAsked();
  const app = await openApp({ home, logger: openLogger(home), follow: true });
  try {
    const host = await startHost(app, { port });
    try {
      await show(host);
      await Promise.race([asked, app.prepare().then(() => asked)]);
    } finally {
      await host.close();
    }
  } finally {
    await app.close();
  }
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new AppError('BAD_INPUT', `"${text}" is not a port. Give a number from 0 to 65535.`, {
    field: 'port',
  });
}

/** The program `host.js`: what `npm start -- --browser` runs. */
export async function main(args: string[]): Promise<void> {
  try {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string' }, open: { type: 'boolean' } },
    });
    await serve({
      port: parsePort(values.port),
      open: values.open,
      onReady: ({ address }) => process.stdout.write(`Drydock is open at ${address}\n`),
    });
  } catch (error) {
    const usage = error instanceof TypeError && 'code' in error;
    if (!(error instanceof AppError || usage)) throw error;
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = usage || (error instanceof AppError && error.code === 'BAD_INPUT') ? 2 : 1;
  }
}
