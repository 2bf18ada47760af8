import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';

export interface Registry {
  /** Ends with a slash; holds no user and no password. */
  url: URL;
  /** What it is asked with; null: without. A secret. */
  authorization: string | null;
}

const PUBLIC = 'https://registry.npmjs.org/';

/**
 * The registry that npm asks for the packages of a scope, by the environment and the user's npmrc
 * (https://docs.npmjs.com/cli/configuring-npm/npmrc). A project's npmrc is not read: it can be
 * anybody's.
 *
 * @param scope with its `@`
 */
export async function registryOf(
  scope: string,
  env: NodeJS.ProcessEnv = process.env,
  home = os.homedir(),
): Promise<Registry> {
  const file = setIn(env, 'userconfig') ?? path.join(home, '.npmrc');
  const text = await readFile(file, 'utf8').catch(() => '');
  const npmrc = parseEnv(text);
  const of = (key: string) => setIn(env, key) ?? expanded(npmrc[key], env);
  const url = urlOf(of(`${scope}:registry`) ?? of('registry')) ?? new URL(PUBLIC);
  const authorization = basicOf(url) ?? tokenFor(url, of);
  url.username = '';
  url.password = '';
  return { url, authorization };
}

/** npm takes its variables in either case, and `-` as `_`. */
const setIn = (env: NodeJS.ProcessEnv, key: string): string | undefined =>
  env[`npm_config_${key}`] || env[`NPM_CONFIG_${key.toUpperCase()}`] || undefined;

const expanded = (value: string | undefined, env: NodeJS.ProcessEnv): string | undefined =>
  value?.replace(/\$\{([^}]+)\}/g, (whole, name: string) => env[name] ?? whole);

function urlOf(text: string | undefined): URL | null {
  if (text === undefined || !/^https?:\/\//.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function basicOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  const both = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(both).toString('base64')}`;
}

/** Tokens stand at the registry's address without its scheme, or at a folder above it. */
function tokenFor({ host, pathname }: URL, of: (key: string) => string | undefined): string | null {
  for (let at = pathname; ; at = at.replace(/[^/]*\/$/, '')) {
    const token = of(`//${host}${at}:_authToken`);
    if (token !== undefined) return `Bearer ${token}`;
    if (at === '/' || at === '') return null;
  }
}
