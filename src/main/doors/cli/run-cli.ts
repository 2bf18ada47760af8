import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { ORPCError } from '@orpc/client';
import { type Command, CommanderError } from 'commander';
import type { Cli } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { terminalText } from '../../lib/cli/terminal-text.ts';
import { AppError, type ErrorData, errorStatus } from '../../shared/errors.ts';
import type { Client } from '../host/connect-to.ts';
import type { connect } from './connect.ts';
import { helpOf, usageText } from './usage.ts';

/** Returns of these statuses mean that the request was wrong, all others that it failed. */
const WRONG_REQUEST = new Set([400, 403, 404, 422]);

interface Problem {
  code: string;
  message: string;
  exitCode: 1 | 2;
  data?: ErrorData;
}

/** Told by the command's own help, or by the user who ended it. */
const needNoMore = new Set(['USAGE', 'INTERRUPTED']);

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
    return this.#cli(feature, (client) => client[feature]);
  }

  /** The same for commands of which one uses several features, over one connection. */
  together<Feature extends keyof Client>(...features: Feature[]): Cli<Pick<Client, Feature>> {
    return this.#cli(features[0] as Feature, (client) => client);
  }

  #cli<Feature extends keyof Client, Used>(
    feature: Feature,
    used: (client: Pick<Client, Feature>) => Used,
  ): Cli<Used> {
    const call = <T>(work: (client: Used) => Promise<T>): Promise<T> =>
      this.#call(feature, (client) => work(used(client)));
    return {
      json: this.json,
      signal: this.signal,
      say: (text) => this.say(text),
      call,
      prompts: async () => {
        if (!this.#canAsk()) return null;
        const { terminalPrompts } = await import('../../lib/cli/prompts.ts');
        return terminalPrompts(this.signal);
      },
      confirm: (question) => this.#confirm(question),
      fail: () => {
        this.exitCode = 1;
      },
      answer: (work, human, { endsItself = false } = {}) =>
        this.#reporting(() =>
          call(async (client) => {
            const asked = work(client);
            const value = await (endsItself ? asked : unlessAborted(asked, this.signal));
            print(this.json ? JSON.stringify(value) : human(value));
          }),
        ),
      stream: (work, human) =>
        this.#reporting(() =>
          call(async (client) => {
            const values = await unlessAborted(work(client), this.signal);
            for await (const value of untilAborted(values, this.signal)) {
              const line = this.json ? JSON.stringify(value) : human(value);
              if (line !== undefined && !print(line)) await drained();
            }
          }),
        ),
    };
  }

  say(text: string): void {
    process.stderr.write(`${terminalText(text)}\n`);
  }

  report(error: unknown): void {
    const problem = problemOf(error, this.command);
    this.exitCode = problem.exitCode;
    const { exitCode: _, ...shown } = problem;
    const help = `drydock explain ${problem.code}`;
    if (this.json) print(JSON.stringify({ error: { ...shown, help } }));
    this.say(`${colors.red('✗')} ${problem.message}`);
    if (!needNoMore.has(problem.code)) this.say(`  more: ${help}`);
    const { fix, otherFixes = [] } = problem.data ?? {};
    for (const one of fix ? [fix, ...otherFixes] : otherFixes) {
      if (one.command) this.say(`  try: ${one.command}`);
    }
  }

  #canAsk(): boolean {
    return !this.json && process.stdin.isTTY && process.stderr.isTTY;
  }

  async #confirm(question: string): Promise<boolean> {
    if (!this.#canAsk()) return false;
    // Not a terminal of its own: Ctrl-C then ends the command as always.
    const lines = createInterface({
      input: process.stdin,
      output: process.stderr,
      terminal: false,
    });
    try {
      const end = once(lines, 'close', { signal: this.signal }).then(() => '');
      const answer = await Promise.race([lines.question(`${terminalText(question)} [y/N] `), end]);
      return /^y(es)?$/i.test(answer.trim());
    } catch (error) {
      if (this.signal.aborted) return false;
      throw error;
    } finally {
      lines.close();
    }
  }

  async #reporting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.report(error);
    }
  }

  async #call<Feature extends keyof Client, T>(
    feature: Feature,
    work: (client: Pick<Client, Feature>) => Promise<T>,
  ): Promise<T> {
    const { client, close } = await this.#connect(feature);
    try {
      return await work(client);
    } finally {
      await close();
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
  if (error instanceof Interrupted) {
    return { code: 'INTERRUPTED', message: error.message, exitCode: 1 };
  }
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `Something went wrong: ${why}. If Drydock was just closed, run the command again.`,
    exitCode: 1,
  };
}

/** Rejects at an abort; what comes of the work then is of no concern. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(new Interrupted('It was interrupted before it was done.'));
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}

/** What comes until an abort, which is the usual end of a stream. */
async function* untilAborted<T>(values: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = values[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await unlessAborted(iterator.next(), signal);
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  } finally {
    // It may still be waiting for something that is of no use any more.
    void iterator.return?.().catch(() => undefined);
  }
}

class Interrupted extends Error {}

const howToUse = (command: Command | undefined) => ({
  label: 'Show how it is used',
  command: helpOf(command),
});

function print(text: string): boolean {
  return process.stdout.write(`${terminalText(text)}\n`);
}

function drained(): Promise<void> {
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}
