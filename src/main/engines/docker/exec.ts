import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { AppError } from '../../shared/errors.ts';
import type { Command, ExecOptions, Exit, OutputStream } from '../engine.ts';
import { Demux } from './demux.ts';
import { isLost, statusOf } from './docker-errors.ts';
import { endCommand, JOB_VARIABLE, missingProgram, runCommand } from './job-script.ts';
import { variables } from './variables.ts';

const GRACE_S = 2;
/** The most output that is handled in one turn of the event loop. */
const TURN_BYTES = 512 * 1024;
/** Stopping that takes longer than this is forced by restarting the container. */
const LONGEST_END_MS = 15_000;

/**
 * `Workspace.exec` in a running container. Rejects with the daemon's message when it refuses. When
 * the daemon becomes unavailable meanwhile, the command ends with `ended: lost`.
 */
export async function exec(
  container: Docker.Container,
  command: Command,
  options: ExecOptions,
): Promise<Exit> {
  const { signal } = options;
  if (signal?.aborted) return { code: null, signal: null, ended: 'cancelled' };
  const job = options.job ?? randomUUID();
  const created = await container.exec({
    Cmd: runCommand(job, command.program, command.args),
    Env: variables({ ...command.env, [JOB_VARIABLE]: job }),
    WorkingDir: command.cwd,
    AttachStdout: true,
    AttachStderr: true,
  });
  const watched = watchMissing(missingProgram(job), options.onOutput);
  const stream = await created.start({ hijack: true, stdin: false });

  let ended: Exit['ended'];
  let ending: Promise<void> | undefined;
  const end = (why: Exit['ended']) => {
    if (ending) return;
    ended = why;
    ending = endAll(container, created, job).finally(() => stream.destroy());
  };
  const onAbort = () => end('cancelled');
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  const timer =
    command.timeoutMs === undefined
      ? undefined
      : setTimeout(() => end('timeout'), command.timeoutMs);
  try {
    const demux = new Demux(watched.onOutput);
    const whole = await drained(stream, demux);
    await ending;
    if (ended) return { code: null, signal: null, ended };
    const code = await exitCode(created);
    if (code === undefined || !whole) return { code: null, signal: null, ended: 'lost' };
    if (code === 127 && watched.seen()) throw notThere(command.program);
    return { code, signal: null };
  } catch (error) {
    if (isLost(error)) return { code: null, signal: null, ended: 'lost' };
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Also when the command was requested, and is only starting now. */
async function endAll(
  container: Docker.Container,
  created: Docker.Exec,
  job: string,
): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    await endJob(container, job);
    const state = await created.inspect().catch(() => undefined);
    if (!state?.Running) return;
    await sleep(20);
  }
}

/** Ends every process of a job in the container, and returns when none is left. */
export async function endJob(
  container: Docker.Container,
  job: string,
  graceSeconds = GRACE_S,
): Promise<void> {
  const timer = new AbortController();
  const late = sleep(LONGEST_END_MS, 'late' as const, { signal: timer.signal }).catch(() => 'late');
  const done = run(container, endCommand(job, graceSeconds)).then(({ code }) =>
    code === 0 ? ('done' as const) : ('late' as const),
  );
  try {
    const how = await Promise.race([done, late]);
    // Nothing in it can be stopped any more, or it has no shell.
    if (how === 'late') await container.restart({ t: 0 });
  } catch (error) {
    // In a container that is removed or stopped, nothing is left.
    const status = statusOf(error);
    if (status !== 404 && status !== 409 && !isLost(error)) throw error;
  } finally {
    timer.abort();
    done.catch(() => undefined);
  }
}

/** Runs a short command, and returns its stdout. */
export async function run(
  container: Docker.Container,
  words: string[],
): Promise<{ code: number | undefined; text: string }> {
  const created = await container.exec({ Cmd: words, AttachStdout: true, AttachStderr: true });
  const stream = await created.start({ hijack: true, stdin: false });
  let text = '';
  const demux = new Demux((from, piece) => {
    if (from === 'stdout') text += piece;
  });
  await drained(stream, demux);
  return { code: await exitCode(created), text };
}

/** Whether the stream ended normally. */
function drained(stream: NodeJS.ReadableStream, demux: Demux): Promise<boolean> {
  return new Promise((resolve) => {
    const over = (whole: boolean) => () => {
      demux.end();
      resolve(whole);
    };
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      demux.push(chunk);
      bytes += chunk.length;
      if (bytes < TURN_BYTES) return;
      // Listeners write in batches, once a turn; more output than this would accumulate until then.
      bytes = 0;
      stream.pause();
      setImmediate(() => stream.resume());
    });
    stream.once('end', over(true));
    stream.once('error', over(false));
    stream.once('close', over(false));
  });
}

/**
 * The exit code, which the stream lacks; the stream may end before the process. undefined: the
 * container was removed.
 */
async function exitCode(created: Docker.Exec): Promise<number | undefined> {
  for (let wait = 1; ; wait = Math.min(wait * 2, 100)) {
    try {
      const { Running, ExitCode } = await created.inspect();
      if (!Running && ExitCode !== null) return ExitCode;
    } catch (error) {
      if (statusOf(error) === 404 || isLost(error)) return undefined;
      throw error;
    }
    await sleep(wait);
  }
}

/** Passes everything through except the line that reports a missing program. */
function watchMissing(line: string, onOutput: (stream: OutputStream, text: string) => void) {
  let seen = false;
  return {
    seen: () => seen,
    onOutput: (stream: OutputStream, text: string) => {
      if (stream === 'stderr' && text.trim() === line) seen = true;
      else onOutput(stream, text);
    },
  };
}

function notThere(program: string): AppError {
  return new AppError(
    'TOOL_MISSING',
    `There is no ${program} in the image of this project. Choose an image that has it, or run without Docker.`,
    { fix: { label: 'Run the doctor', command: 'drydock doctor' } },
  );
}
