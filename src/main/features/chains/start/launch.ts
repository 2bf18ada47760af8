import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EngineChoice } from '../../../engines/engines.ts';
import { rpc } from '../../../eth/rpc.ts';
import { isSecretUrl } from '../../../lib/secrets/secret-url.ts';
import { AppError } from '../../../shared/errors.ts';
import { anvil } from '../../../targets/chain/anvil.ts';
import { anvilArgs, FORK_URL_VARIABLE, foundryToml, type Metadata } from '../anvil.ts';
import type { ChainNetwork, ChainsContext } from '../context.ts';
import { chainUrl, choosePort, portOwner, portTaken } from '../port.ts';
import { finishRevert } from '../snapshots/finish-revert.ts';
import { checkLive, prepareSavedState } from '../snapshots/saved-state.ts';
import type { ChainRow } from '../store.ts';
import { chooseEngine, type EngineWish, ownEngine } from './engine-choice.ts';
import { ready } from './ready.ts';
import { checkUpstream, chooseForkBlock } from './upstream.ts';

const PORT_ATTEMPTS = 8;

export interface StartOptions {
  port?: number;
  forkBlock?: number;
  fresh?: boolean;
  /** Chosen for this chain from now on; `auto`: as the settings say. */
  engine?: EngineChoice;
  /** Bytes; stays chosen for this chain. null: as many as Ethereum allows. */
  codeSizeLimit?: number | null;
}

/** Start from whatever is saved, from nothing, or from a snapshot that was just put in place. */
type Origin = 'saved' | 'fresh' | 'restored';

/**
 * Starts a chain that does not run. Rejects as the parts of this do: with CHAIN_START_FAILED,
 * ENGINE_UNAVAILABLE, PORT_TAKEN, RPC_UNREACHABLE, CHAIN_ID_MISMATCH, STATE_CORRUPT.
 */
export async function launch(
  context: ChainsContext,
  network: ChainNetwork,
  options: StartOptions,
  origin: Origin,
  wish: EngineWish = {},
): Promise<void> {
  const { ports } = context.deps;
  const free = options.port === undefined && context.row(network.name).port === null;
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOnce(context, network, options, origin, wish);
    } catch (error) {
      // Another program took the port between the check and anvil's start.
      const again = free && attempt < PORT_ATTEMPTS;
      if (!(again && error instanceof AppError && error.code === 'PORT_TAKEN')) throw error;
    } finally {
      ports.settle(portOwner(network.name));
    }
  }
}

async function launchOnce(
  context: ChainsContext,
  network: ChainNetwork,
  options: StartOptions,
  origin: Origin,
  wish: EngineWish,
): Promise<void> {
  const { store, engines, logger, emit, changed, deployments, ports } = context.deps;
  const { name } = network;
  const row = context.row(name);
  const folder = context.folder(name);
  const upstream = network.kind === 'fork' ? await checkUpstream(network) : null;
  const own = ownEngine(row, options.engine);
  const { codeSizeLimit = row.codeSizeLimit } = options;
  const { engine, forkUrl } = await chooseEngine(engines, name, upstream?.url, own, wish);
  const port = await choosePort(ports, network, row, options.port, engine);
  folder.create();

  let problem: string | null = null;
  if (origin === 'fresh') await folder.putStateAside();
  if (origin === 'saved') problem = await prepareSavedState(context, name);

  const chainId = network.servedChainId ?? upstream?.chainId ?? row.chainId;
  const forkBlock =
    upstream && chooseForkBlock(network, row, options.forkBlock, origin === 'fresh');
  if (upstream) await writeFile(path.join(folder.root, 'foundry.toml'), foundryToml);
  const ref = await engine
    .startService({
      name,
      use: 'chain',
      image: null,
      command: [
        anvil.name,
        ...anvilArgs({
          host: engine.listenHost,
          port,
          chainId,
          folder,
          fork: upstream && { block: forkBlock },
          codeSizeLimit,
        }),
      ],
      ports: [{ port, host: port }],
      folder: {
        path: folder.root,
        env: forkUrl
          ? { [FORK_URL_VARIABLE]: forkUrl, HOME: folder.home, USERPROFILE: folder.home }
          : {},
        logFile: folder.log,
      },
      readOnly: true,
      ...(forkUrl ? { reaches: forkUrl } : {}),
    })
    .catch(async (error: unknown) => {
      const taken = error instanceof AppError && error.code === 'PORT_TAKEN';
      throw taken ? await portTaken(ports, name, port, engine) : error;
    });
  // Recorded before it responds: a core killed now must leave a chain that the next one finds.
  const started: ChainRow = {
    ...row,
    port,
    chainId,
    process: ref,
    instance: null,
    startedAt: Date.now(),
    problem,
    currentSnapshot: origin === 'fresh' ? null : row.currentSnapshot,
    revertingTo: origin === 'fresh' ? null : row.revertingTo,
    engine: own,
    signingInstance: null,
    codeSizeLimit,
  };
  store.put(started);

  let meta: Metadata;
  try {
    meta = await ready(context, { network, port, engine, ref });
  } catch (error) {
    await engine.stopService(ref, 1000);
    const message = context.deps.mask((error as Error).message);
    store.put({ ...started, port: row.port, process: null, problem: message });
    changed({ topic: 'chains', key: name });
    throw error;
  }
  if (upstream && isSecretUrl(upstream.url)) await truncate(folder.log);
  store.transaction(() => {
    store.put({
      ...started,
      instance: meta.instanceId,
      blockNumber: meta.latestBlockNumber,
      forkBlock: meta.forkedNetwork?.forkBlockNumber ?? null,
    });
    const blockNumber = meta.latestBlockNumber;
    emit({ type: 'chain.started', chain: name, port, chainId, blockNumber });
  });
  context.touched.delete(name);
  if (origin === 'fresh') deployments.setLive(name, []);
  if (origin === 'saved') {
    const look = row.revertingTo === null ? checkLive : finishRevert;
    await look(context, name, rpc(chainUrl(port)));
  }
  if (origin !== 'restored') await deployments.settleFiles();
  changed({ topic: 'chains', key: name });
  logger.info({ chain: name, port, block: meta.latestBlockNumber, origin }, 'chain started');
}
