import { z } from 'zod';
import { environmentOf } from '../../lib/environment.ts';
import { AppError } from '../../shared/errors.ts';
import { readDockerfileIn, usualDockerfile } from './dockerfile-in.ts';
import { TIMEOUT_S, WINDOW_S } from './info.ts';

/** What a run needs to know: names of variables whose values are taken when it begins, too. */
export const appInput = z.object({
  dockerfile: z.string().describe("relative to the project's folder"),
  port: z.int().nullable().describe('null: the only one that the image exposes'),
  path: z.string().nullable().describe('null: /, with any response below 500'),
  env: z.array(z.string()).describe('NAME=value, or NAME'),
  imageUser: z.boolean(),
  timeout: z.int().describe('seconds until it must have responded'),
  window: z.int().describe('seconds'),
});
export type AppInput = z.infer<typeof appInput>;

const whole = z.union([z.int().nonnegative(), z.string().trim().regex(/^\d+$/).transform(Number)]);
const text = z.string().trim();

/** `--set` and forms pass text; an empty field is one that was not filled in. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

/** A request, half-filled, as a door passes it. */
export const askedInput = z.strictObject({
  dockerfile: optional(text.max(4096)),
  port: optional(whole),
  path: optional(text.max(2000)),
  env: optional(z.union([z.array(z.string().max(32_000)).max(200), z.string().max(100_000)])),
  imageUser: optional(z.union([z.boolean(), z.stringbool()])),
  timeout: optional(whole),
  window: optional(whole),
});

/** The whole input for a half-filled one. Throws BAD_ARGUMENT or DOCKERFILE_UNUSABLE with the field. */
export function normalizeInput(asked: unknown, folder: string): AppInput {
  const given = parsed(asked);
  const dockerfile = given.dockerfile ?? usualDockerfile(folder) ?? 'Dockerfile';
  const read = readDockerfileIn(folder, dockerfile);
  if ('problem' in read) {
    throw new AppError('DOCKERFILE_UNUSABLE', `${read.problem} Correct it, or name another one.`, {
      field: 'dockerfile',
    });
  }
  const { ports, openPorts } = read.facts;
  const [only, ...others] = ports;
  const known = others.length === 0 && openPorts.length === 0 ? (only ?? null) : null;
  return {
    dockerfile,
    port: portOf(given.port) ?? known,
    path: pathOf(given.path),
    env: environmentOf(given.env),
    imageUser: given.imageUser ?? false,
    timeout: secondsOf('timeout', given.timeout, TIMEOUT_S, 1),
    window: secondsOf('window', given.window, WINDOW_S, 0),
  };
}

/** One line for lists. */
export const titleOf = ({ dockerfile, port }: AppInput): string =>
  port === null ? dockerfile : `${dockerfile}, port ${port}`;

const wrong = (field: string, message: string) => new AppError('BAD_ARGUMENT', message, { field });

function parsed(asked: unknown) {
  const result = askedInput.safeParse(asked ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(askedInput.shape).join(', ');
    throw wrong(issue.keys[0] ?? '', `An app has no input "${issue.keys[0]}". It has: ${known}.`);
  }
  const field = String(issue?.path[0] ?? '');
  throw wrong(field, `The ${field || 'input'} can't be read. ${meaning[field] ?? ''}`.trim());
}

const meaning: Record<string, string> = {
  port: 'Give a number from 1 to 65535.',
  timeout: 'Give a number of seconds.',
  window: 'Give a number of seconds.',
  env: 'Give NAME=value, or NAME alone.',
  imageUser: 'Give true or false.',
  path: 'Give a path, e.g. /healthz.',
  dockerfile: "Give a path within the project's folder.",
};

function portOf(port: number | undefined): number | undefined {
  if (port === undefined || (port >= 1 && port <= 65_535)) return port;
  throw wrong('port', `${port} is no port. ${meaning.port}`);
}

function pathOf(path: string | undefined): string | null {
  if (path === undefined) return null;
  // It becomes part of a request: nothing in it may be read as another host, or as another header.
  if (/^\/(?!\/)[\x21-\x7e]*$/.test(path) && !path.includes('#')) return path;
  throw wrong('path', `${JSON.stringify(path)} is no path of a URL. ${meaning.path}`);
}

const LONGEST_S = 3600;

function secondsOf(
  field: 'timeout' | 'window',
  given: number | undefined,
  usual: number,
  least: number,
): number {
  if (given === undefined) return usual;
  if (given >= least && given <= LONGEST_S) return given;
  throw wrong(field, `${given} s can't be. Give from ${least} to ${LONGEST_S} seconds.`);
}
