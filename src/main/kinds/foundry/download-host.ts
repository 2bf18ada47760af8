import { request as httpsRequest } from 'node:https';
import { http } from '../../lib/http.ts';

export const DOWNLOAD_URL = 'https://binaries.soliditylang.org';
const TIMEOUT_MS = 1500;
const REMEMBERED_MS = 60_000;

/**
 * Whether forge could download a compiler now. Uses the proxy that forge would use; the result is
 * cached for a minute.
 */
export function downloadHost(url: string, env: NodeJS.ProcessEnv = process.env) {
  let known: { at: number; answer: Promise<boolean> } | undefined;
  return (): Promise<boolean> => {
    if (!known || Date.now() - known.at > REMEMBERED_MS) {
      known = { at: Date.now(), answer: answers(url, env) };
    }
    return known.answer;
  };
}

function answers(url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const target = new URL(url);
  const secure = target.protocol === 'https:';
  const names = secure ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy'];
  const proxy = [...names, 'all_proxy', 'ALL_PROXY'].map((name) => env[name]).find(Boolean);
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(false), TIMEOUT_MS);
    const request = proxy ? throughProxy(proxy, target) : ask(target, secure);
    const done = (answer: boolean) => {
      clearTimeout(timer);
      request.destroy();
      resolve(answer);
    };
    request
      .on('connect', (response) => done(response.statusCode === 200))
      // Any response of the site counts: forge reports what is missing there.
      .on('response', (response) => done((response.statusCode ?? 500) < 500))
      .on('error', () => done(false))
      .end();
  });
}

const ask = (target: URL, secure: boolean) =>
  (secure ? httpsRequest : http.request)(target, { method: 'HEAD', agent: false });

function throughProxy(proxy: string, target: URL) {
  const at = new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  const credentials = `${decodeURIComponent(at.username)}:${decodeURIComponent(at.password)}`;
  return http.request({
    method: 'CONNECT',
    host: at.hostname,
    port: at.port || 80,
    path: `${target.hostname}:${port}`,
    headers: at.username
      ? { 'Proxy-Authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
      : {},
    agent: false,
  });
}
