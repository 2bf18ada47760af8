import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../lib/sha256.ts';
import type { Endpoint } from './endpoint.ts';
import { readTls } from './tls.ts';

/** https://github.com/docker/cli/blob/master/cli/context/store/doc.go */
const meta = z.object({
  Endpoints: z.object({
    docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().default(false) }),
  }),
});

const configFile = z.object({ currentContext: z.string().optional() });

/** The context chosen with `docker context use`. */
export function currentContext(config: string): string | undefined {
  try {
    const text = readFileSync(path.join(config, 'config.json'), 'utf8');
    return configFile.parse(JSON.parse(text)).currentContext;
  } catch {
    return undefined;
  }
}

/** Throws when there is no such context. */
export function contextEndpoint(config: string, name: string): Endpoint {
  const id = sha256(name);
  const file = path.join(config, 'contexts', 'meta', id, 'meta.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`the Docker context "${name}" does not exist`);
  }
  const { docker } = meta.parse(JSON.parse(text)).Endpoints;
  const tls = path.join(config, 'contexts', 'tls', id, 'docker');
  return {
    host: docker.Host,
    source: `the context "${name}"`,
    tls: existsSync(tls) ? readTls(tls, !docker.SkipTLSVerify) : undefined,
  };
}
