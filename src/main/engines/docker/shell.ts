import { StringDecoder } from 'node:string_decoder';
import type Docker from 'dockerode';
import type { Shell, ShellOptions } from '../engine.ts';
import { endJob } from './exec.ts';
import { JOB_VARIABLE } from './job-script.ts';
import { variables } from './variables.ts';

/** The best shell of the image, as a login shell. */
const SHELL = 'if command -v bash >/dev/null 2>&1; then exec bash -l; else exec sh -l; fi';

/** `Workspace.openShell` in a container that runs. */
export async function openShell(
  container: Docker.Container,
  folder: string,
  env: Record<string, string>,
  options: ShellOptions,
): Promise<Shell> {
  const { job, cols, rows } = options;
  const created = await container.exec({
    Cmd: ['/bin/sh', '-c', SHELL],
    Env: variables({
      ...env,
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      TERM_PROGRAM: 'Drydock',
      LANG: 'C.UTF-8',
      [JOB_VARIABLE]: job,
    }),
    WorkingDir: folder,
    Tty: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await created.start({ hijack: true, stdin: true, Tty: true });

  let size = { w: cols, h: rows };
  let running = true;
  const resize = () => {
    // Refused only when the shell has ended.
    if (running) void created.resize(size).catch(() => undefined);
  };
  resize();
  // A size that arrives before the shell has its terminal is lost.
  stream.once('data', resize);
  const decoder = new StringDecoder('utf8');
  const say = (text: string) => {
    if (text) options.onData(text);
  };
  stream.on('data', (piece: Buffer) => say(decoder.write(piece)));

  const gone = new Promise<void>((resolve) => {
    const over = async () => {
      if (!running) return;
      running = false;
      say(decoder.end());
      // Processes left behind would continue unseen.
      await endJob(container, job).catch(() => undefined);
      const state = await created.inspect().catch(() => undefined);
      options.onExit({ code: state?.ExitCode ?? null, signal: null });
      resolve();
    };
    stream.once('end', over);
    stream.once('close', over);
    stream.once('error', over);
  });

  return {
    name: 'shell',
    write(text) {
      if (running) stream.write(text);
    },
    resize(w, h) {
      size = { w, h };
      resize();
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    async kill() {
      if (running) {
        stream.resume();
        // An interactive shell ignores TERM.
        await endJob(container, job, 0);
        stream.end();
      }
      await gone;
    },
  };
}
