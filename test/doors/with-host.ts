import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type App, openApp } from '#main/app.ts';
import { type Host, type HostOptions, startHost } from '#main/doors/host/start-host.ts';
import { trustTemporaryFolders } from '#test/harness/trust.ts';

/** A real core on a data folder of its own, gone after the test. */
export async function aCore({ asksForTrust = false } = {}): Promise<App> {
  const home = mkdtempSync(path.join(tmpdir(), 'drydock-doors-'));
  const core = await openApp({ home, logger: pino({ enabled: false }) });
  if (!asksForTrust) trustTemporaryFolders(home);
  onTestFinished(async () => {
    await core.close();
    rmSync(home, { recursive: true, force: true });
  });
  return core;
}

/** A host on any free port, over the core given or one of its own. */
export async function aHost(options: HostOptions = {}, core?: App): Promise<Host & { app: App }> {
  const app = core ?? (await aCore());
  const host = await startHost(app, { port: 0, ...options });
  onTestFinished(() => host.close());
  return { ...host, app };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request with exactly these headers: unlike `fetch`, also `Host`, `Origin` and `Cookie`. */
export function ask(host: Host, pathname: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = question;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: host.port, path: pathname, method, headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export const bearer = (host: Host) => ({ authorization: `Bearer ${host.token}` });

/** The cookie that opening the host's address gives to a browser. */
export async function cookieOf(host: Host): Promise<string> {
  const { headers } = await ask(host, `/?token=${host.token}`);
  const [cookie] = headers['set-cookie'] ?? [];
  if (!cookie) throw new Error('the address set no cookie');
  return cookie.split(';')[0] ?? '';
}
