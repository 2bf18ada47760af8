import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnv } from '#main/engines/process/exec.ts';
import { findTool } from '#main/engines/process/tools.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { anvilArgs } from '#main/features/chains/anvil.ts';
import { ChainFolder } from '#main/features/chains/folder.ts';
import { forge } from '#main/kinds/foundry/tools.ts';
import { processes } from '#main/lib/processes/processes.ts';
import { anvil } from '#main/targets/chain/anvil.ts';

interface RunOptions {
  cwd: string;
  env: Record<string, string>;
}

/** Runs forge to its end, reading what it says. Rejects when it fails. */
export const runBare = (args: string[], options: RunOptions): Promise<void> =>
  runProgram(findTool(forge).path, args, options);

/** The same with any program. */
export async function runProgram(
  program: string,
  args: string[],
  options: RunOptions,
): Promise<void> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...childEnv(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`bare, it ended with ${code}: ${said}`);
}

export interface BareChain {
  call: Rpc;
  stop(): Promise<void>;
}

/** anvil with the flags that a chain of ours has, in a folder of its own. Resolves once it answers. */
export async function startBareChain(folder: string, port: number): Promise<BareChain> {
  const chainFolder = new ChainFolder(folder, 'bare', await processes.own());
  chainFolder.create();
  const args = anvilArgs({
    port,
    chainId: 31337,
    folder: chainFolder,
    fork: null,
    codeSizeLimit: null,
  });
  const child = spawn(findTool(anvil).path, args, {
    cwd: chainFolder.root,
    env: childEnv(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await listening(child);
    const call = rpc(`http://127.0.0.1:${port}`);
    await call('eth_chainId');
    return { call, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`bare anvil ended with ${code}: ${said}`)));
    child.stdout?.setEncoding('utf8');
    child.stdout?.on('data', (text: string) => {
      said += text;
      if (said.includes('Listening on')) resolve();
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
