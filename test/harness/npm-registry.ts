import { execFile } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface NpmRegistry extends AsyncDisposable {
  /** As containers reach it: their own networks have no way out. */
  url: string;
}

/** The user's registry of npm packages, passed on to the containers of this machine. */
export async function npmRegistryForContainers(): Promise<NpmRegistry> {
  const { stdout } = await run('npm', ['config', 'get', 'registry'], {
    env: { ...process.env, HOME: os.userInfo().homedir },
  });
  const upstream = new URL(stdout.trim());
  let url = '';
  const server = http.createServer((request, response) => {
    pass(new URL(`.${request.url}`, upstream), upstream, url).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  url = `http://host.docker.internal:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Descriptions of packages say where their files are. */
async function pass(from: URL, upstream: URL, url: string) {
  const answer = await fetch(from);
  const type = answer.headers.get('content-type') ?? '';
  const body = type.includes('json')
    ? (await answer.text()).replaceAll(upstream.href, url)
    : Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type, body };
}
