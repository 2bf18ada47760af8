import { ORPCError } from '@orpc/client';
import { type Command, CommanderError } from 'commander';
import pc from 'picocolors';
import type { Cli } from '../../kit/cli.ts';
import { AppError, type ErrorData, errorStatus } from '../../kit/errors.ts';
import type { Client, connect } from './connect.ts';
import { helpOf, usageText } from './usage.ts';

/** Answers of these statuses mean that the request was wrong, all others that it failed. */
const WRONG_REQUEST = new Set([400, 404, 422]);

interface Problem {
  code: string;
  message: string;
  exitCode: 1 | 2;
  data?: ErrorData;
}

/** Prints results and errors of one run of the command line, and remembers its exit code. */
export class CliRun {
  readonly json: boolean;
  readonly signal: AbortSignal;
  exitCode: 0 | 1 | 2 = 0;
  /** The one that runs, or that was used wrongly. */
  command: Command | undefined;
  readonly #connect: typeof connect;

  constructor(options: { json: boolean; signal: AbortSignal; connect: typeof connect }) {
    this.json = options.json;
    this.signal = options.signal;
    this.#connect = options.connect;
  }

  /** What a feature's commands get. */
  for<Feature extends keyof Client>(feature: Feature): Cli<Client[Feature]> {
    return {
      json: this.json,
      signal: this.signal,
      say: (text) => this.say(text),
      fail: () => {
        this.exitCode = 1;
      },
      answer: (work, human) =>
        this.#with(feature, async (client) => {
          const value = await work(client);
          print(this.json ? JSON.stringify(value) : human(value));
        }),
      stream: (work, human) =>
        this.#with(feature, async (client) => {
          for await (const value of await work(client)) {
            const line = this.json ? JSON.stringify(value) : human(value);
            if (line !== undefined && !print(line)) await drained();
          }
        }),
    };
  }

  say(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  report(error: unknown): void {
    const problem = problemOf(error, this.command);
    this.exitCode = problem.exitCode;
    const { exitCode: _, ...shown } = problem;
    if (this.json) print(JSON.stringify({ error: shown }));
    this.say(`${pc.red('✗')} ${problem.message}`);
    if (problem.data?.fix?.command) this.say(`  try: ${problem.data.fix.command}`);
  }

  async #with<Feature extends keyof Client>(
    feature: Feature,
    work: (client: Client[Feature]) => Promise<void>,
  ): Promise<void> {
    let close: (() => Promise<void>) | undefined;
    try {
      const connection = await this.#connect(feature);
      close = connection.close;
      await work(connection.client[feature]);
    } catch (error) {
      this.report(error);
    } finally {
      await close?.();
    }
  }
}

function problemOf(error: unknown, command: Command | undefined): Problem {
  if (error instanceof AppError) {
    const exitCode = WRONG_REQUEST.has(errorStatus[error.code]) ? 2 : 1;
    return { code: error.code, message: error.message, data: error.data, exitCode };
  }
  if (error instanceof ORPCError) {
    const { code, message, status, data } = error;
    const hint = code === 'BAD_INPUT' && !data?.fix ? { fix: howToUse(command) } : {};
    return {
      code,
      message,
      data: { ...data, ...hint },
      exitCode: WRONG_REQUEST.has(status) ? 2 : 1,
    };
  }
  if (error instanceof CommanderError) {
    return {
      code: 'USAGE',
      message: usageText(error),
      data: { fix: howToUse(command) },
      exitCode: 2,
    };
  }
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `Something went wrong: ${why}. If Drydock was just closed, run the command again.`,
    exitCode: 1,
  };
}

const howToUse = (command: Command | undefined) => ({
  label: 'Show how it is used',
  command: helpOf(command),
});

function print(text: string): boolean {
  return process.stdout.write(`${text}\n`);
}

function drained(): Promise<void> {
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}
