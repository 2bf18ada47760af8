import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'] as const;

/** https://docs.docker.com/engine/cli/proxy/ */
const configFile = z.object({
  proxies: z.object({
    default: z.object({
      httpProxy: z.string().optional(),
      httpsProxy: z.string().optional(),
      ftpProxy: z.string().optional(),
      noProxy: z.string().optional(),
      allProxy: z.string().optional(),
    }),
  }),
});

/**
 * The proxies of this machine, under the names that programs read: those of the environment,
 * otherwise those of Docker's own configuration.
 */
export function proxies(
  env: NodeJS.ProcessEnv = process.env,
  home = os.homedir(),
): Record<string, string> {
  const own = asVariables(
    (name) => env[name],
    (name) => env[name.toLowerCase()],
  );
  if (Object.keys(own).length > 0) return own;
  const file = path.join(env.DOCKER_CONFIG || path.join(home, '.docker'), 'config.json');
  return ofConfig(file);
}

function ofConfig(file: string): Record<string, string> {
  try {
    const { httpProxy, httpsProxy, ftpProxy, noProxy, allProxy } = configFile.parse(
      JSON.parse(readFileSync(file, 'utf8')),
    ).proxies.default;
    const found = {
      HTTP_PROXY: httpProxy,
      HTTPS_PROXY: httpsProxy,
      FTP_PROXY: ftpProxy,
      NO_PROXY: noProxy,
      ALL_PROXY: allProxy,
    };
    return asVariables(
      (name) => found[name],
      (name) => found[name],
    );
  } catch {
    return {};
  }
}

type Name = (typeof names)[number];

function asVariables(
  upper: (name: Name) => string | undefined,
  lower: (name: Name) => string | undefined,
): Record<string, string> {
  const all = names.flatMap((name) => [
    [name, upper(name)],
    [name.toLowerCase(), lower(name)],
  ]);
  return Object.fromEntries(all.filter(([, value]) => value));
}
