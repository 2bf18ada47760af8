import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import path from 'node:path';

export interface GitOptions {
  /**
   * Where git starts; a folder of the project only when no file in it can be mistaken for a
   * program.
   */
  cwd: string;
  /** Added to `PATH`, `HOME` and similar ones; `GIT_*` variables are never inherited. */
  env?: Record<string, string>;
  /** Configuration that precedes any that git finds, in this order; a key may be repeated. */
  config?: readonly (readonly [key: string, value: string])[];
  /** Transports that it may use; none when absent. */
  protocols?: readonly string[];
  /** Whether the user's own configuration (`~/.gitconfig`, the system's) is used. */
  ownConfig?: boolean;
  /** git is ended, with its children, after this time. */
  timeoutMs?: number;
  /** git is ended when its output exceeds this, in bytes. */
  maxOutput?: number;
  signal?: AbortSignal;
  /** Called with every piece of output, as text. */
  onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** git could not be started, ended with a code other than 0, or was ended. */
export class GitError extends Error {
  override readonly name = 'GitError';

  constructor(
    message: string,
    readonly code: number | null,
    /** The end of its standard error, at most 4,096 characters. */
    readonly stderr: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MS = 10_000;
const MAX_OUTPUT = 16 << 20;
const STDERR_KEPT = 4096;
/** The time between asking it to end and killing it. */
const GRACE_MS = 1000;

/**
 * Every key that makes git run a program by itself, with a value that prevents that. Keys with a
 * name in the middle (`filter.<name>.clean`) can't be listed: see `configured.ts` for git in a
 * repository itself, and `git-view.ts` for git without a repository's configuration.
 */
const harmless: readonly (readonly [string, string])[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', devNull],
  ['core.pager', 'cat'],
  ['core.editor', 'false'],
  ['core.askPass', ''],
  ['core.attributesFile', devNull],
  ['core.alternateRefsCommand', 'true'],
  ['sequence.editor', 'false'],
  ['diff.external', ''],
  ['interactive.diffFilter', ''],
  ['log.showSignature', 'false'],
  ['commit.gpgSign', 'false'],
  ['tag.gpgSign', 'false'],
  ['gpg.program', 'false'],
  ['gpg.openpgp.program', 'false'],
  ['gpg.x509.program', 'false'],
  ['gpg.ssh.program', 'false'],
  ['gpg.ssh.defaultKeyCommand', ''],
  ['uploadpack.packObjectsHook', ''],
  ['safe.bareRepository', 'explicit'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];

/**
 * Of Windows, and unknown elsewhere: files whose paths are longer than 260 characters, as those of
 * nested packages are (https://github.com/git-for-windows/git/commit/56c77f3bb4e5).
 */
const everywhere: readonly (readonly [string, string])[] = [['core.longpaths', 'true']];

/**
 * Runs git and returns its standard output. Every call of git in Drydock is made here: it starts no
 * hook, pager, editor, monitor or prompt, uses only the named transports, takes no optional lock,
 * and always ends. Rejects with GitError.
 */
export function git(args: readonly string[], options: GitOptions): Promise<string> {
  const { timeoutMs = TIMEOUT_MS, maxOutput = MAX_OUTPUT, signal, onOutput } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new GitError('git was cancelled', null, ''));
    const ownGroup = process.platform !== 'win32';
    const child = spawn(
      'git',
      ['--no-pager', '--no-optional-locks', '--no-replace-objects', ...args],
      {
        cwd: options.cwd,
        env: environment(options),
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: ownGroup,
        windowsHide: true,
      },
    );
    const pieces: string[] = [];
    let stderr = '';
    let written = 0;
    let ended: string | undefined;
    const send = (name: NodeJS.Signals) => {
      if (child.pid === undefined) return;
      try {
        if (ownGroup) process.kill(-child.pid, name);
        else child.kill(name);
      } catch {
        // It has ended.
      }
    };
    let forced: NodeJS.Timeout | undefined;
    // TERM first: git then removes an unfinished clone.
    const end = (why: string) => {
      if (ended !== undefined) return;
      ended = why;
      send('SIGTERM');
      forced = setTimeout(() => send('SIGKILL'), GRACE_MS);
    };
    const onAbort = () => end('was cancelled');
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => end(`took over ${timeoutMs / 1000} s`), timeoutMs);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8');
      child[stream].on('data', (text: string) => {
        written += Buffer.byteLength(text);
        if (written > maxOutput) return end(`wrote over ${maxOutput} bytes`);
        onOutput?.(stream, text);
        if (stream === 'stdout') pieces.push(text);
        else stderr = (stderr + text).slice(-STDERR_KEPT);
      });
    }
    const settle = (code: number | null, why: string | undefined) => {
      clearTimeout(timer);
      clearTimeout(forced);
      signal?.removeEventListener('abort', onAbort);
      if (why === undefined && code === 0) return resolve(pieces.join(''));
      reject(new GitError(`git ${args[0]} ${why ?? `ended with code ${code}`}`, code, stderr));
    };
    child.on('error', (error) => settle(null, `could not be run (${error.message})`));
    child.on('close', (code) => settle(code, ended));
  });
}

/** The environment variables that git may inherit. */
function environment(options: GitOptions) {
  const kept: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^git_/i.test(name)) kept[name] = value;
  }
  const name = Object.keys(kept).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  // A relative entry would find programs in git's working folder.
  kept[name] = kept[name]
    ?.split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .join(path.delimiter);
  return { ...kept, ...gitVariables(options) };
}

/** Settings that make git harmless, also when another program starts it. */
export function gitVariables(
  options: Pick<GitOptions, 'env' | 'config' | 'protocols' | 'ownConfig'>,
): Record<string, string> {
  const { env, config = [], protocols = [], ownConfig } = options;
  const settings = [...harmless, ...everywhere, ...config];
  return {
    LC_ALL: 'C',
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    GIT_EDITOR: 'false',
    GIT_SEQUENCE_EDITOR: 'false',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_ALLOW_PROTOCOL: protocols.join(':'),
    ...(protocols.length === 0 ? { GIT_NO_LAZY_FETCH: '1' } : {}),
    ...(ownConfig
      ? {}
      : { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_SYSTEM: devNull, GIT_CONFIG_GLOBAL: devNull }),
    ...env,
    GIT_CONFIG_COUNT: `${settings.length}`,
    ...Object.fromEntries(
      settings.flatMap(([key, value], n) => [
        [`GIT_CONFIG_KEY_${n}`, key],
        [`GIT_CONFIG_VALUE_${n}`, value],
      ]),
    ),
  };
}
