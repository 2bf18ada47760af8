import { CommanderError } from 'commander';
import { onInterrupt } from '../../lib/cli/on-interrupt.ts';
import { connect } from './connect.ts';
import { createProgram } from './program.ts';
import { CliRun } from './run-cli.ts';

/** Runs one command line. Returns the exit code: 0 done, 1 failed, 2 bad usage or input. */
export async function main(args: string[]): Promise<number> {
  const interrupted = new AbortController();
  onInterrupt(() => interrupted.abort());
  // The reader of the output has closed it, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  const run = new CliRun({ json: args.includes('--json'), signal: interrupted.signal, connect });
  try {
    const program = await createProgram(run, args);
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
