import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../../engines/engine.ts';
import type { EngineChoice } from '../../../engines/engines.ts';
import { rpc } from '../../../eth/rpc.ts';
import { isSecretUrl } from '../../../lib/secrets/secret-url.ts';
import { AppError } from '../../../shared/errors.ts';
import { anvil } from '../../../targets/chain/anvil.ts';
import { sealUpstream } from '../../../targets/chain/sealed-upstream.ts';
import { anvilArgs, FORK_URL_VARIABLE, foundryToml, type Metadata } from '../anvil.ts';
import type { ChainNetwork, ChainsContext } from '../context.ts';
import { type CreationWish, DEFAULT_BALANCE } from '../creation/creations.ts';
import { takeAccounts } from '../creation/take-accounts.ts';
import { chainUrl, portOwner, portTaken } from '../port.ts';
import { finishRevert } from '../snapshots/finish-revert.ts';
import { checkLive, prepareSavedState } from '../snapshots/saved-state.ts';
import type { ChainRow } from '../store.ts';
import { choosePlace } from './choose-place.ts';
import { chooseEngine, type EngineWish, ownEngine, reached } from './engine-choice.ts';
import { forkedDeployments } from './forked-deployments.ts';
import { forwardUpstream, isForwarded } from './forward-upstream.ts';
import { ready } from './ready.ts';
import { checkUpstream, chooseForkBlock } from './upstream.ts';

const PORT_ATTEMPTS = 8;

/** Those of `CreationWish` hold for a chain that is created by this start. */
export interface StartOptions extends CreationWish {
  port?: number;
  forkBlock?: number;
  fresh?: boolean;
  /** Chosen for this chain from now on; `auto`: as the settings say. */
  engine?: EngineChoice;
  /** Bytes; stays chosen for this chain. null: as many as Ethereum allows. */
  codeSizeLimit?: number | null;
  /** Stays chosen for this chain: whether it is behind the gateway, where that is switched on. */
  gateway?: 'on' | 'off';
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
  const { store, creations, engines, logger, emit, changed, deployments, ports } = context.deps;
  const { seal, gateway: forwarder } = context.deps;
  const { name } = network;
  const row = context.row(name);
  const folder = context.folder(name);
  const upstream =
    network.kind === 'fork' ? await checkUpstream(network, context.deps.originOf) : null;
  const own = ownEngine(row, options.engine);
  const { codeSizeLimit = row.codeSizeLimit } = options;
  const isPassedOn = upstream !== null && isForwarded(upstream);
  const direct = isPassedOn ? undefined : upstream?.url;
  const { engine, forkUrl: directUrl } = await chooseEngine(engines, name, direct, own, wish);
  const { gateway = row.gateway } = options;
  const place = await choosePlace(context, { network, row, engine, asked: options.port, gateway });
  const { port } = place;
  folder.create();
  const made = origin === 'restored' ? null : creations.asked(name, options);
  const creation = made ?? creations.of(name);
  // Sooner than anything is started: they may be unreadable.
  const ownAccounts = creation.sealedMnemonic === null ? null : creations.addressesOf(creation);

  let problem: string | null = null;
  if (origin === 'fresh') await folder.putStateAside();
  if (origin === 'saved') problem = await prepareSavedState(context, name);
  const isNew = origin === 'fresh' || (origin === 'saved' && folder.savedAt() === null);

  const chainId = creation.chainId ?? network.servedChainId ?? upstream?.chainId ?? row.chainId;
  const forkBlock =
    upstream && chooseForkBlock(network, row, options.forkBlock, origin === 'fresh');
  if (upstream) await writeFile(path.join(folder.root, 'foundry.toml'), foundryToml);
  const through = isPassedOn ? await forwardUpstream(context, name, upstream, engine) : null;
  const forkUrl =
    through?.forkUrl ?? directUrl ?? (upstream && (await reached(engine, name, upstream.url)));
  const ref = await engine
    .startService({
      name,
      use: 'chain',
      image: null,
      command: [
        anvil.name,
        ...anvilArgs({
          ...place.listen,
          isBehind: place.isBehind,
          chainId,
          folder,
          fork: upstream && { block: forkBlock },
          codeSizeLimit,
          hardfork: creation.hardfork,
          accounts: ownAccounts ? 0 : creation.accounts,
          balance: creation.balance,
          mining: store.controls.mining(name),
        }),
      ],
      ports: place.ports,
      ...(place.labels ? { labels: place.labels } : {}),
      folder: {
        path: folder.root,
        env: forkUrl
          ? { [FORK_URL_VARIABLE]: forkUrl, HOME: folder.home, USERPROFILE: folder.home }
          : {},
        logFile: folder.log,
      },
      readOnly: true,
      ...(forkUrl && !through ? { reaches: forkUrl } : {}),
    })
    .catch(async (error: unknown) => {
      if (through) await forwarder.endForward(name);
      const taken = error instanceof AppError && error.code === 'PORT_TAKEN';
      throw taken ? await portTaken(ports, name, port, engine) : error;
    });
  let backend: string | null;
  let started: ChainRow;
  try {
    backend = await place.addressOf(ref);
    // Recorded before it responds: a core killed now must leave a chain that the next one finds.
    started = {
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
      backend: place.isBehind ? backend : null,
      gateway,
      creation: row.creation,
      sealedUpstream: through && sealUpstream(seal, through.forwarded),
    };
    store.transaction(() => {
      if (made) started.creation = store.creations.add(name, made);
      store.put(started);
    });
  } catch (error) {
    // Nothing knows of it: no later core would end it.
    await engine.stopService(ref, 1000).catch((failed: unknown) => {
      logger.warn({ chain: name, err: failed }, 'a chain that is not recorded could not be ended');
    });
    if (through) await forwarder.endForward(name);
    throw error;
  }

  let meta: Metadata;
  try {
    // A core that looked before it was recorded has ended what passes its questions on.
    if (through) await forwarder.forward(name, through.forwarded);
    meta = await ready(context, { network, port, url: backend, engine, ref });
    if (ownAccounts) {
      const balance = isNew ? (creation.balance ?? DEFAULT_BALANCE) : null;
      await takeAccounts(rpc(chainUrl(port, started.backend)), ownAccounts, balance);
    }
    if (place.isBehind) await serve(context, { ...started, port }, engine);
  } catch (error) {
    await engine.stopService(ref, 1000);
    if (through) await forwarder.endForward(name);
    const message = context.deps.mask((error as Error).message);
    const { creation } = row;
    store.transaction(() => {
      store.put({
        ...{ ...started, port: row.port, process: null, backend: null, sealedUpstream: null },
        ...{ problem: message, creation },
      });
      store.creations.prune(name);
    });
    changed({ topic: 'chains', key: name });
    throw error;
  }
  if (forkUrl && isSecretUrl(forkUrl)) await truncate(folder.log);
  store.transaction(() => {
    store.put({
      ...started,
      instance: meta.instanceId,
      blockNumber: meta.latestBlockNumber,
      forkBlock: meta.forkedNetwork?.forkBlockNumber ?? null,
    });
    if (isNew && meta.forkedNetwork) {
      const { forkBlockNumber } = meta.forkedNetwork;
      store.forks.put(name, forkBlockNumber, forkedDeployments(context, name));
    }
    store.creations.prune(name);
    const blockNumber = meta.latestBlockNumber;
    emit({ type: 'chain.started', chain: name, port, chainId, blockNumber });
  });
  context.touched.delete(name);
  if (origin === 'fresh') deployments.setLive(name, []);
  if (origin === 'saved') {
    const look = row.revertingTo === null ? checkLive : finishRevert;
    await look(context, name, rpc(chainUrl(port, started.backend)));
  }
  if (origin !== 'restored') await deployments.settleFiles();
  changed({ topic: 'chains', key: name });
  logger.info({ chain: name, port, block: meta.latestBlockNumber, origin }, 'chain started');
}

/** Throws PORT_TAKEN. */
async function serve(
  { deps }: ChainsContext,
  { name, port, backend, chainId }: ChainRow & { port: number },
  engine: Engine,
): Promise<void> {
  if (backend === null || (await deps.gateway.serve({ name, port, backend, chainId }))) return;
  throw await portTaken(deps.ports, name, port, engine);
}
