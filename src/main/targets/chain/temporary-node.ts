import os from 'node:os';
import type { Workspace } from '../../engines/engine.ts';
import { endOfCode, endWords } from '../../lib/processes/process-end.ts';
import { anvil } from './anvil.ts';
import { fatalErrorIn } from './anvil-error.ts';

/** A node of this process's own. It ends when it is disposed of. */
export interface TemporaryNode extends AsyncDisposable {
  readonly url: string;
}

export interface TemporaryNodeOptions {
  /** On this machine, where its output says which port it got. */
  workspace: Workspace;
  /** Its working directory; nothing is written there. */
  folder: string;
  chainId: number;
  /** Marks it, so that it ends with the run if this process is killed. */
  job: string;
  /** It ends by then, ms. */
  withinMs: number;
  signal: AbortSignal;
}

/**
 * Starts an empty chain that mines on request only, in the order in which it is sent to, on a port
 * that the system chooses. Rejects when it can't be started.
 */
export async function temporaryNode(options: TemporaryNodeOptions): Promise<TemporaryNode> {
  const { workspace, folder, chainId, job, withinMs, signal } = options;
  const ending = new AbortController();
  const { promise: port, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  const running = workspace.exec(
    {
      program: anvil.name,
      // Source: `anvil --help` of 1.7.
      args: ['--port', '0', '--chain-id', `${chainId}`, '--no-mining', '--order', 'fifo'],
      // It keeps what it downloads by chain id and block, which may be another network's.
      env: { HOME: os.devNull, USERPROFILE: os.devNull },
      cwd: folder,
      timeoutMs: withinMs,
    },
    {
      job,
      signal: AbortSignal.any([signal, ending.signal]),
      onOutput(_, text) {
        said = `${said}${text}`.slice(-MOST_SAID);
        const listening = /Listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
        if (listening) resolve(listening);
      },
    },
  );
  running.then(({ code, signal }) => {
    const how = endWords(signal === null ? endOfCode(code) : { code, signal });
    reject(new Error(`${anvil.name} did not get ready: ${fatalErrorIn(said) ?? `it ${how}`}`));
  }, reject);
  return {
    url: `http://127.0.0.1:${await port}`,
    async [Symbol.asyncDispose]() {
      ending.abort();
      await running;
    },
  };
}

/** Characters of its output; more than its banner. */
const MOST_SAID = 20_000;
