import { expandPath, isWholePath } from '../../lib/expand-path.ts';
import { filesToRun, RefusedFile } from '../../lib/project-files.ts';
import { askProgram, type SystemProgram } from '../../lib/system-program.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { LONGEST_VALUE } from './contract.ts';

/** Time for a person to unlock a vault. */
const TIMEOUT_MS = 90_000;
const MOST_BYTES = 128_000;

export interface LookUp {
  /** The project, to which paths are relative. */
  folder: string;
  signal?: AbortSignal;
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
}

/**
 * The value that a reference stands for. Rejects with REFERENCE_FAILED, or the reason of the signal.
 *
 * @param name of the variable, for messages
 */
export async function lookUp(name: string, reference: string, options: LookUp): Promise<string> {
  const fail = (why: string): AppError =>
    new AppError('REFERENCE_FAILED', `${name} could not be looked up as ${reference}: ${why}`, {
      field: name,
    });
  const value = await valueAt(reference, options, fail);
  if (value.includes('\0') || value.length > LONGEST_VALUE) {
    throw fail(
      `it is too long for a variable, or is none. At most ${LONGEST_VALUE} characters are passed on.`,
    );
  }
  return value;
}

type Fail = (why: string) => AppError;

function valueAt(reference: string, options: LookUp, fail: Fail): Promise<string> {
  const rest = reference.slice(reference.indexOf(':') + 1);
  switch (reference.split(':', 1)[0]) {
    case 'op':
      return printed(['op', 'read', '--no-newline', reference], options, fail, OP);
    case 'env':
      return Promise.resolve(ofDrydock(rest, options, fail));
    case 'file':
      return inFile(rest, options, fail);
    default:
      return inKeychain(rest, options, fail);
  }
}

const OP = '1Password’s command line tool (https://developer.1password.com/docs/cli)';

function ofDrydock(name: string, { env = process.env }: LookUp, fail: Fail): string {
  const value = env[name];
  if (value !== undefined) return value;
  throw fail(
    'that is not in the environment that Drydock was started in. Start it with that variable.',
  );
}

async function inFile(file: string, { folder }: LookUp, fail: Fail): Promise<string> {
  try {
    // Relative to the project.
    const typed = isWholePath(file) ? expandPath(file) : file;
    const bytes = await filesToRun(folder).bytes(typed, MOST_BYTES);
    return withoutLastEnd(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof RefusedFile) throw fail(`${error.message}.`);
    throw error;
  }
}

function inKeychain(entry: string, options: LookUp, fail: Fail): Promise<string> {
  const at = entry.indexOf('/');
  const [service, account] = at < 0 ? [entry] : [entry.slice(0, at), entry.slice(at + 1)];
  const { platform = process.platform } = options;
  if (platform === 'win32') {
    throw fail(
      'Windows has no program that reads its credentials. Keep the value here, or in 1Password.',
    );
  }
  if (platform === 'darwin') {
    const of = account === undefined ? [] : ['-a', account];
    const program = [
      '/usr/bin/security',
      'find-generic-password',
      '-w',
      '-s',
      service ?? '',
      ...of,
    ];
    return printed(program, options, fail, 'the program "security" of macOS');
  }
  const of = account === undefined ? [] : ['account', account];
  const program = ['secret-tool', 'lookup', 'service', service ?? '', ...of];
  return printed(program, options, fail, '"secret-tool" (package libsecret-tools)');
}

/** What a program prints. What it says of a failure is passed on, in one line. */
async function printed(
  [file = '', ...args]: string[],
  { signal }: LookUp,
  fail: Fail,
  what: string,
): Promise<string> {
  const program: SystemProgram = [file];
  const asked = await askProgram(program, args, {
    timeoutMs: TIMEOUT_MS,
    mostBytes: MOST_BYTES,
    signal,
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw fail(`${messageOf(error)}. It takes ${what}.`);
  });
  const { code, stdout, stderr } = asked;
  if (code === 0 && stdout !== '') return withoutLastEnd(stdout);
  const said = stderr.trim().split('\n')[0]?.slice(0, 300) ?? '';
  throw fail(said === '' ? 'there is no such entry, or it is locked.' : `${file} says: ${said}`);
}

const withoutLastEnd = (text: string): string => text.replace(/\r?\n$/, '');
