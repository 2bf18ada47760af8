import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { contract } from '#main/contract.ts';
import { findHost } from '#main/doors/host/discovery-file.ts';
import type { Client } from './doors.ts';
import { takeOwnPorts } from './ports.ts';
import { trustTemporaryFolders } from './trust.ts';

const entry = path.resolve('out/main/host.js');

export interface HostProcess {
  child: ChildProcess;
  /** Without a trailing slash. */
  url: string;
  port: number;
  token: string;
  client: Client;
  /** Ends it as a crash or a power cut does. */
  kill(): Promise<void>;
  /** Ends it as a user does. */
  stop(): Promise<void>;
}

export interface HostProcessOptions {
  /** 0, the default: any free port. */
  port?: number;
  /** Overrides those of the harness. */
  env?: Record<string, string>;
  /** Projects in temporary folders are not trusted. */
  asksForTrust?: boolean;
  /** The arguments for Node, instead of the built host. */
  program?: readonly string[];
  /** Instead of the Node of the tests. */
  node?: string;
}

/** The built host in a process of its own, as users run it. Resolves when it responds. */
export async function startHostProcess(
  home: string,
  {
    port = 0,
    env,
    asksForTrust,
    program = [entry, '--port', String(port)],
    node = process.execPath,
  }: HostProcessOptions = {},
): Promise<HostProcess> {
  await takeOwnPorts();
  const child = spawn(node, program, {
    env: { ...process.env, ...env, DRYDOCK_HOME: home },
    stdio: ['ignore', 'ignore', process.env.DRYDOCK_TEST_LOG ? 'inherit' : 'pipe'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const gone = once(child, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error(`the host ended: ${errors}`);
    const host = await findHost(home);
    if (host && host.pid === child.pid) {
      if (!asksForTrust) trustTemporaryFolders(home);
      const link = new OpenAPILink(contract, {
        url: `${host.url}/api`,
        headers: { authorization: `Bearer ${host.token}` },
      });
      const client = createORPCClient<JsonifiedClient<Client>>(link) as Client;
      return {
        child,
        url: host.url,
        port: host.port,
        token: host.token,
        client,
        kill: () => end('SIGKILL'),
        stop: () => end('SIGTERM'),
      };
    }
    await sleep(25);
  }
  await end('SIGKILL');
  throw new Error(`the host did not get ready: ${errors}`);
}
