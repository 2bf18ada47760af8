import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Discovery } from './discovery-file.ts';

/** What only the holder of the token may ask of a running host, by POST. A cookie isn't enough. */
export const controlPaths = { code: '/api/host/code', token: '/api/host/token' } as const;

const timeoutMs = 10_000;

const unusable = z.object({ code: z.literal('DATA_FOLDER_UNUSABLE'), message: z.string() });

async function post<T>(
  { url, token }: Pick<Discovery, 'url' | 'token'>,
  path: string,
  shape: z.ZodType<T>,
): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  if (response.ok) return shape.parse(await response.json());
  const said = unusable.safeParse(await response.json().catch(() => undefined));
  if (said.success) throw new AppError(said.data.code, said.data.message);
  throw new AppError(
    'UNSUPPORTED',
    `The Drydock that serves this data folder can't do that (it answers ${response.status}): it is older than this command. End it, start it again, and repeat the command.`,
  );
}

/** An address that leads one browser in, once, within a minute: it may stand in a process list. */
export async function openingAddress(host: Pick<Discovery, 'url' | 'token'>): Promise<string> {
  const { code } = await post(host, controlPaths.code, z.object({ code: z.string() }));
  return `${host.url}/?code=${code}`;
}

/** Makes a running host take a new token. Returns the token. */
export async function renewTokenOf(host: Pick<Discovery, 'url' | 'token'>): Promise<string> {
  return (await post(host, controlPaths.token, z.object({ token: z.string() }))).token;
}
