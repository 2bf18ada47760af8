import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { createORPCClient } from '@orpc/client';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { contract } from '#main/contract.ts';
import { readDiscoveryFile } from '#main/doors/host/discovery-file.ts';
import type { Client } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const run = promisify(execFile);

/** A built version of the product, in a folder of its own. */
export interface Checkout {
  host: string;
  cli: string;
}

/** Throws when it isn't built. */
export function checkoutIn(folder: string): Checkout {
  const program = (name: string) => path.join(path.resolve(folder), 'out', 'main', name);
  const found = { host: program('host.js'), cli: program('cli.js') };
  for (const file of Object.values(found)) {
    if (!existsSync(file)) throw new Error(`There is no ${file}. Run "npm run build" there first.`);
  }
  return found;
}

const envOf = (home: string) => ({ ...process.env, DRYDOCK_HOME: home, DRYDOCK_ENGINE: 'process' });

/** Milliseconds from the start of a host to the line with its address. The host is ended. */
export async function timeToReady({ host }: Checkout, home: string): Promise<number> {
  const before = performance.now();
  const child = await readyHost(host, home);
  const ms = performance.now() - before;
  await ended(child);
  return ms;
}

/** Milliseconds of a whole `drydock …`. */
export async function timeOfCommand(
  { cli }: Checkout,
  home: string,
  args: readonly string[],
): Promise<number> {
  const before = performance.now();
  await run(process.execPath, [cli, ...args], { env: envOf(home) });
  return performance.now() - before;
}

/** Milliseconds of a Node that does nothing. */
export async function timeOfNode(): Promise<number> {
  const before = performance.now();
  await run(process.execPath, ['-e', '0']);
  return performance.now() - before;
}

export interface Side extends AsyncDisposable {
  client: Client;
}

/** A host of that version on a data folder, with a client that speaks to it over HTTP. */
export async function openSide({ host }: Checkout, home: string): Promise<Side> {
  const child = await readyHost(host, home);
  const found = await readDiscoveryFile(home);
  if (!found) throw new Error(`${host} did not say where it is`);
  const link = new OpenAPILink(contract, {
    url: `${found.url}/api`,
    headers: { authorization: `Bearer ${found.token}` },
  });
  const client = createORPCClient<JsonifiedClient<Client>>(link) as Client;
  return { client, [Symbol.asyncDispose]: () => ended(child) };
}

export interface Sides extends AsyncDisposable {
  before: Side & { home: string };
  now: Side & { home: string };
}

/** A host of each on a data folder of its own. */
export async function openSides(before: Checkout, now: Checkout): Promise<Sides> {
  await using stack = new AsyncDisposableStack();
  const side = async (checkout: Checkout) => {
    const home = stack.use(await temporaryFolder()).path;
    const { client } = stack.use(await openSide(checkout, home));
    return { client, home, [Symbol.asyncDispose]: async () => undefined };
  };
  const sides = { before: await side(before), now: await side(now) };
  const all = stack.move();
  return { ...sides, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function readyHost(host: string, home: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [host, '--port', '0'], {
    env: envOf(home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${host} ended with ${code}`);
  });
  await Promise.race([once(child.stdout, 'data'), gone]);
  gone.catch(() => undefined);
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
