import { parseArgs } from 'node:util';
import { openApp } from '../../app.ts';
import { AppError, messageOf } from '../../kit/errors.ts';
import { resolveHome } from '../../kit/home.ts';
import { openLogger } from '../../kit/logger.ts';
import { findHost } from './beacon.ts';
import { startHost } from './start-host.ts';

export interface ServeOptions {
  port?: number;
  /** Open the address in the user's browser. */
  open?: boolean;
  /** Called once it can be reached, also when another process serves this data folder already. */
  onReady(host: { url: string; port: number; token: string; address: string }): void;
}

/** Loaded when it's needed: most commands never open a browser. */
async function openInBrowser(address: string): Promise<void> {
  const { default: openAddress } = await import('open');
  await openAddress(address).catch(() => undefined);
}

/** Until the process is asked to end. A second time it ends at once. */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(1));
      });
    }
  });
}

/**
 * Serves the data folder until the process is asked to end. When a host or window serves it
 * already, tells that one's address and returns. Throws PORT_TAKEN, DATA_FOLDER_UNUSABLE.
 */
export async function serve({ port, open, onReady }: ServeOptions): Promise<void> {
  const home = resolveHome();
  const show = (host: { url: string; port: number; token: string }) => {
    const address = `${host.url}/?token=${host.token}`;
    onReady({ url: host.url, port: host.port, token: host.token, address });
    if (open) void openInBrowser(address);
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
    show(running);
    return;
  }

  const asked = untilAsked();
  const app = await openApp({ home, logger: openLogger(home), follow: true });
  try {
    const host = await startHost(app, { port });
    show(host);
    await asked;
    await host.close();
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
