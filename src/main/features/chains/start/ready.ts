import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine, RunRef } from '../../../engines/engine.ts';
import { type RpcError, rpc } from '../../../eth/rpc.ts';
import { upstreamDown } from '../../../eth/upstream-failure.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Metadata, metadata } from '../anvil.ts';
import type { ChainNetwork, ChainsContext } from '../context.ts';
import { endedWords } from '../ended-words.ts';
import { exitReason } from '../exit-reason.ts';
import { portTaken, portUnusable } from '../port.ts';
import { corruptState } from '../snapshots/saved-state.ts';

/** An anvil that was just started. */
export interface Started {
  network: ChainNetwork;
  port: number;
  /** Its own address; null: it has ended already. */
  url: string | null;
  engine: Engine;
  ref: RunRef;
}

/**
 * Waits until it responds. anvil says "Listening on" once it has the port, so what responds there
 * is this chain. Rejects with CHAIN_START_FAILED, PORT_TAKEN, STATE_CORRUPT.
 */
export async function ready(context: ChainsContext, started: Started): Promise<Metadata> {
  const { network, port, url, engine, ref } = started;
  const { log: logFile } = context.folder(network.name);
  const deadline = Date.now() + 60_000;
  for (;;) {
    const runs = await engine.isRunning(ref);
    const log = await readFile(logFile, 'utf8').catch(() => '');
    if (!runs || url === null) throw await startError(context, started);
    if (log.includes('Listening on')) break;
    if (Date.now() > deadline) {
      throw new AppError(
        'CHAIN_START_FAILED',
        `anvil for ${network.name} did not get ready within a minute. Look at ${logFile}, and check the machine's load${network.kind === 'fork' ? ' and the upstream RPC' : ''}.`,
      );
    }
    await sleep(2);
  }
  try {
    return await metadata(rpc(url, 30_000));
  } catch (error) {
    throw await portUnusable(context.deps.ports, network.name, port, (error as RpcError).message);
  }
}

async function startError(
  context: ChainsContext,
  { network, port, engine, ref }: Started,
): Promise<AppError> {
  const folder = context.folder(network.name);
  const reason = await exitReason(folder, context.deps.mask);
  if (/address already in use|os error (98|48|10048)/i.test(reason ?? '')) {
    return portTaken(context.deps.ports, network.name, port, engine);
  }
  if (/deserializ|load.*state|EOF while parsing|failed to parse json file/i.test(reason ?? '')) {
    return corruptState(network.name, reason);
  }
  const lacking = upstreamDown(network.name, context.deps.originOf(network.name), reason ?? '');
  if (lacking) return lacking;
  const end = await engine.endOfService(ref).catch(() => null);
  return new AppError(
    'CHAIN_START_FAILED',
    `anvil for ${network.name} did not get ready: ${reason ?? endedWords(ref, end, reason)}. The whole log is in ${folder.log}.`,
  );
}
