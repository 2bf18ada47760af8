import { CommanderError } from 'commander';
import { connect } from './connect.ts';
import { createProgram } from './program.ts';
import { CliRun } from './run-cli.ts';

/** Runs one command line. Answers the exit code: 0 done, 1 failed, 2 bad usage or input. */
export async function main(args: string[]): Promise<number> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted.abort();
      // Asked twice: at once.
      process.once(signal, () => process.exit(1));
    });
  }
  // Whoever read our output has seen enough, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  const run = new CliRun({ json: args.includes('--json'), signal: interrupted.signal, connect });
  const program = createProgram(run);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === 'commander.help') {
      process.stderr.write(run.command?.helpInformation() ?? '');
      return 2;
    }
    run.report(error);
  }
  return run.exitCode;
}
