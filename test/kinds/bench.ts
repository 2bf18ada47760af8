import { spawn } from 'node:child_process';
import { mkdir, realpath } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Engine, Exit, Workspace } from '#main/engines/engine.ts';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { findTool } from '#main/engines/process/tools.ts';
import { allTools } from '#main/features/engines/machine.ts';
import type { CompileCache } from '#main/kinds/compile-cache.ts';
import type { DeployRequest, Plan } from '#main/kinds/foundry/deploy-plan.ts';
import { explainFailure } from '#main/kinds/foundry/explain.ts';
import { type Forge, forge as forgeWith } from '#main/kinds/foundry/forge.ts';
import type { Transaction } from '#main/shared/result.ts';
import type { Failure } from '#main/shared/run.ts';
import { anvil } from '#main/targets/chain/anvil.ts';
import { temporaryFolder } from '../harness/folder.ts';

/** The first of anvil's well-known accounts. */
export const SENDER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
/** Nothing listens there: downloads fail at once, as on a machine without a network. */
export const NOWHERE = 'http://127.0.0.1:1';

export interface Chain extends AsyncDisposable {
  url: string;
  chainId: number;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** To its process. */
  signal(signal: NodeJS.Signals): void;
  rpc<T = unknown>(method: string, ...params: unknown[]): Promise<T>;
}

export interface Run {
  plan: Plan;
  exit: Exit;
  /** Without colours; `seq` counts from 1. */
  lines: { seq: number; text: string }[];
  phases: string[];
  /** Every different state that was seen on the way. */
  progress: Transaction[][];
  failure: Failure | undefined;
}

/** Forge with real tools, and a HOME and a data folder of its own for the whole scope. */
export interface Bench extends AsyncDisposable {
  home: string;
  dataFolder: string;
  forge: Forge;
  engine: Engine;
  /** For plans; where it is doesn't matter to them. */
  workspace: Workspace;
  request(
    folder: string,
    script: string,
    signature: string,
    args: string[],
    chain: Pick<Chain, 'url' | 'chainId'>,
  ): DeployRequest;
  deploy(request: DeployRequest, options?: { signal?: AbortSignal }): Promise<Run>;
}

export async function openBench(
  options: { downloadUrl?: string; compileCache?: CompileCache } = {},
): Promise<Bench> {
  const folder = await temporaryFolder();
  const real = await realpath(folder.path);
  const before = process.env.HOME;
  const home = `${real}/home`;
  process.env.HOME = home;
  await mkdir(home);
  const dataFolder = `${real}/data`;
  const engine = processEngine({ tools: allTools });
  const forge = forgeWith({ dataFolder, downloadUrl: NOWHERE, ...options });

  const bench: Bench = {
    home,
    dataFolder,
    engine,
    workspace: engine.workspace({ id: 1, path: dataFolder }),
    forge,
    request: (project, script, signature, args, chain) => ({
      folder: project,
      script: { file: script.split(':')[0] ?? '', contract: script.split(':')[1] ?? '' },
      signature,
      args,
      from: SENDER,
      target: {
        rpcUrl: chain.url,
        secretUrl: false,
        chainId: chain.chainId,
        unlocked: true,
        codeSizeLimit: null,
        mayHoldProxies: false,
        isOwn: true,
      },
    }),
    async deploy(request, { signal } = {}) {
      const plan = await forge.plan(request, bench.workspace);
      const run: Run = {
        plan,
        exit: { code: null, signal: null },
        lines: [],
        phases: [],
        progress: [],
        failure: undefined,
      };
      const watching = watchProgress(plan, run.progress);
      let rest = '';
      const inFolder = engine.workspace({ id: 1, path: request.folder });
      const execute = (command: Plan['command']) =>
        inFolder.exec(command, {
          signal,
          onOutput(_, text) {
            const parts = (rest + text).split('\n');
            rest = parts.pop() ?? '';
            for (const line of parts) {
              run.lines.push({ seq: run.lines.length + 1, text: stripVTControlCharacters(line) });
              const change = plan.phaseOf(line);
              if (change) run.phases.push(change.begins);
            }
          },
        });
      if (plan.rehearsal) {
        await execute(plan.rehearsal);
        await plan.rehearsed();
      }
      run.exit = await execute(plan.command);
      const more = run.exit.code === 0 || run.exit.ended ? undefined : plan.goOn(plan.command);
      if (more) run.exit = await execute(more);
      await watching.end();
      if (run.exit.code !== 0) {
        run.failure = explainFailure({
          exitCode: run.exit.code,
          lines: run.lines,
          phase: run.phases.at(-1) ?? 'compile',
          network: { name: 'local', kind: 'local' },
          codeSizeLimit: request.target.codeSizeLimit,
        });
      }
      return run;
    },
    async [Symbol.asyncDispose]() {
      if (before === undefined) delete process.env.HOME;
      else process.env.HOME = before;
      await folder[Symbol.asyncDispose]();
    },
  };
  return bench;
}

function watchProgress(plan: Plan, seen: Transaction[][]): { end: () => Promise<void> } {
  let over = false;
  const look = async () => {
    const now = await plan.progress();
    if (now && JSON.stringify(now) !== JSON.stringify(seen.at(-1))) seen.push(now);
  };
  const loop = (async () => {
    while (!over) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await look();
  })();
  return {
    end: async () => {
      over = true;
      await loop;
    },
  };
}

/** An anvil on a free port, ended with its scope. */
export async function startAnvil(...flags: string[]): Promise<Chain> {
  const child = spawn(findTool(anvil).path, ['--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const match = /Listening on (127\.0\.0\.1:\d+)/.exec(text);
      if (match) resolve(`http://${match[1]}`);
    });
    child.once('exit', (code) => reject(new Error(`anvil ended with ${code}: ${text}`)));
  });
  const rpc = async <T>(method: string, ...params: unknown[]): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
    if (error) throw new Error(error.message);
    return result;
  };
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    url,
    chainId: Number(await rpc<string>('eth_chainId')),
    kill: () => stop('SIGKILL'),
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    rpc,
    [Symbol.asyncDispose]: () => stop('SIGTERM'),
  };
}

/** Sends a transaction and waits until it is mined. Returns its hash; it may have failed. */
export async function sent(chain: Chain, transaction: object): Promise<string> {
  const hash = await chain.rpc<string>('eth_sendTransaction', { from: SENDER, ...transaction });
  await mined(chain, hash);
  return hash;
}

/** Returns the address of the new contract, in lower case. */
export async function deploy(chain: Chain, data: string): Promise<string> {
  const hash = await chain.rpc<string>('eth_sendTransaction', { from: SENDER, data });
  return (await mined(chain, hash)).contractAddress as string;
}

/** A receipt may not be there yet when the hash is. */
async function mined(chain: Chain, hash: string) {
  for (;;) {
    const receipt = await chain.rpc<{ contractAddress: string | null } | null>(
      'eth_getTransactionReceipt',
      hash,
    );
    if (receipt) return receipt;
  }
}
