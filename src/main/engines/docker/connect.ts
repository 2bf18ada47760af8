import type { Agent } from 'node:http';
import https from 'node:https';
import { inspect } from 'node:util';
import type Docker from 'dockerode';
import { http } from '../../lib/http.ts';
import type { Endpoint } from './endpoint.ts';
import { socketPathOf } from './socket-path.ts';
import { SshAgent } from './ssh-agent.ts';

/** With fewer connections, a follower of events or logs would delay an exec. */
const keepAlive = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };

// All options are set: dockerode takes missing ones from the environment.
const none = {
  socketPath: undefined,
  host: undefined,
  port: undefined,
  ca: undefined,
  cert: undefined,
  key: undefined,
  version: undefined,
  headers: {},
};

/**
 * A client for the daemon at an endpoint. Connects with the first request. Throws for a malformed
 * address.
 */
export async function connect(endpoint: Endpoint): Promise<Docker> {
  // Loading it takes 100 ms, and many cores use no daemon.
  const { default: Client } = await import('dockerode');
  // Its types lack the agent option.
  const client = (agent: Agent, options: object) =>
    new Client({ ...none, ...options, agent: opaque(agent) } as object);
  const { host, tls } = endpoint;
  const socketPath = socketPathOf(host);
  if (socketPath !== undefined) {
    const agent = new http.Agent(keepAlive);
    return client(agent, { protocol: 'http', socketPath });
  }
  const [, scheme = ''] = /^(\w+):\/\//.exec(host) ?? [];
  const url = new URL(host);
  if (scheme === 'ssh') {
    const agent = new SshAgent(url);
    return client(agent, { protocol: 'http', host: 'docker', port: 80 });
  }
  if (scheme !== 'tcp' && scheme !== 'http' && scheme !== 'https') {
    throw new Error(`"${host}" is not an address of a Docker daemon`);
  }
  const secure = tls !== undefined || scheme === 'https';
  const { ca, cert, key, verify = true } = tls ?? {};
  const agent = secure
    ? new https.Agent({ ...keepAlive, ca, cert, key, rejectUnauthorized: verify })
    : new http.Agent(keepAlive);
  const port = Number(url.port) || (secure ? 2376 : 2375);
  return client(agent, { protocol: secure ? 'https' : 'http', host: url.hostname, port });
}

/**
 * docker-modem formats the options of every request for its debug log, even when that is off; with
 * the agent in them, it would format every open connection.
 */
function opaque(agent: Agent): Agent {
  return Object.defineProperty(agent, inspect.custom, { value: () => '[Agent]' });
}
