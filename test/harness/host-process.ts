import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { contract } from '#main/contract.ts';
import { findHost } from '#main/doors/host/beacon.ts';
import type { Client } from './doors.ts';

const entry = path.resolve(import.meta.dirname, '../../out/main/host.js');

export interface HostProcess {
  child: ChildProcess;
  /** Without a slash at its end. */
  url: string;
  port: number;
  token: string;
  client: Client;
  /** As a crash or the power button does it. */
  kill(): Promise<void>;
  /** As a user does it. */
  stop(): Promise<void>;
}

export interface HostProcessOptions {
  /** 0, the default: any that is free. */
  port?: number;
  /** Over ours. */
  env?: Record<string, string>;
}

/** The built host in a process of its own, as users run it. Resolves when it answers. */
export async function startHostProcess(
  home: string,
  { port = 0, env }: HostProcessOptions = {},
): Promise<HostProcess> {
  const child = spawn(process.execPath, [entry, '--port', String(port)], {
    env: { ...process.env, ...env, DRYDOCK_HOME: home },
    stdio: ['ignore', 'ignore', 'pipe'],
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
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`the host ended: ${errors}`);
    const host = await findHost(home);
    if (host && host.pid === child.pid) {
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
