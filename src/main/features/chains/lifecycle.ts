import { readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Engine, type Preparation, type RunRef, runKey } from '../../engines/engine.ts';
import type { EngineChoice, OwnChoice } from '../../engines/engines.ts';
import { dateTime } from '../../kit/date-time.ts';
import { AppError, type Fix } from '../../kit/errors.ts';
import { isSecretUrl, masker, maskUrl } from '../../kit/mask.ts';
import { probeRpc, type Rpc, type RpcError, rpc } from '../../kit/rpc.ts';
import { anvilArgs, FORK_URL_VARIABLE, foundryToml, type Metadata, metadata } from './anvil.ts';
import type { ChainFolder } from './folder.ts';
import type { ChainNetwork, ChainsContext } from './parts.ts';
import type { ChainRow } from './store.ts';

const FIRST_PORT = 8545;
const STOP_GRACE_MS = 10_000;
const PORT_ATTEMPTS = 8;

export interface StartOptions {
  port?: number;
  forkBlock?: number;
  fresh?: boolean;
  /** Chosen for this chain from now on; `auto`: as the settings say. */
  engine?: EngineChoice;
}

/** How it is started. */
export interface Launch {
  /** The one to use; chosen anew if left out. */
  engine?: Engine;
  /** What whoever starts it would rather have, if nothing is chosen for the chain itself. */
  rather?: OwnChoice;
  preparation?: Preparation;
}

/** Start from whatever is saved, from nothing, or from a snapshot that was just put in place. */
type Origin = 'saved' | 'fresh' | 'restored';

/** A chain that runs: its row, and how to talk to it. */
export interface RunningChain {
  row: ChainRow;
  url: string;
  call: Rpc;
}

/** What a chain is called among those that hold ports. */
export const portOwner = (chain: string): string => `chain ${chain}`;

export const chainUrl = (port: number): string => `http://127.0.0.1:${port}`;

export function chainLifecycle(context: ChainsContext) {
  const { store, engines, logger, emit, changed, deployments, ports } = context.parts;

  const emptyRow = (network: ChainNetwork): ChainRow => ({
    name: network.name,
    port: null,
    chainId: network.servedChainId ?? 0,
    process: null,
    instance: null,
    startedAt: null,
    forkBlock: network.forkBlock,
    blockNumber: null,
    currentSnapshot: null,
    problem: null,
    engine: null,
  });

  const rowOf = (name: string): ChainRow => store.chain(name) ?? emptyRow(context.network(name));

  /**
   * The chain if its process runs, adopting one that an earlier core started. One that has ended
   * by itself is recorded as stopped, with the reason.
   */
  async function running(name: string): Promise<RunningChain | undefined> {
    const row = store.chain(name);
    if (!row?.process || row.port === null) return undefined;
    const url = chainUrl(row.port);
    const call = rpc(url);
    const alive = await isAlive(row, call);
    if (alive) return { row, url, call };
    // Nobody can tell; the record stays until somebody can.
    if (alive === undefined) return undefined;
    const reason = await lastWords(context.folder(name), context.network(name));
    const key = runKey(row.process);
    const problem = `${endedWords(row.process)}${reason ? `: ${reason}` : ''}. Start the chain again: it continues from the last saved state.`;
    const noticed = store.transaction(() => {
      // Another call, or another core, may have noticed or restarted it meanwhile.
      const now = store.chain(name);
      if (!now?.process || runKey(now.process) !== key) return false;
      // Without an instance it is being started or stopped, and whoever does that knows more.
      const byItself = now.instance !== null;
      store.put({ ...now, process: null, instance: null, ...(byItself ? { problem } : {}) });
      if (byItself) emit({ type: 'chain.ended', chain: name, problem });
      return true;
    });
    if (!noticed) return running(name);
    logger.warn({ chain: name, reason }, 'chain ended by itself');
    changed({ topic: 'chains', key: name });
    return undefined;
  }

  /** When its engine can't be asked, the chain itself tells; undefined: it doesn't answer either. */
  async function isAlive({ process, instance }: ChainRow, call: Rpc): Promise<boolean | undefined> {
    if (!process) return false;
    try {
      return await engines.of(process).isRunning(process);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const meta = await metadata(call).catch(() => undefined);
      return meta !== undefined && meta.instanceId === instance ? true : undefined;
    }
  }

  async function requireRunning(name: string): Promise<RunningChain> {
    context.network(name);
    const chain = await running(name);
    if (chain) return chain;
    throw new AppError('CHAIN_NOT_RUNNING', `The chain ${name} is not running. Start it first.`, {
      fix: {
        label: `Start ${name}`,
        command: `drydock chain start ${name}`,
        call: { procedure: 'chains.start', input: { chain: name } },
      },
    });
  }

  async function start(
    name: string,
    options: StartOptions,
    how: Omit<Launch, 'engine'> = {},
  ): Promise<void> {
    const network = context.network(name);
    const row = rowOf(name);
    if (await running(name)) return assertRunsOn(row, options.engine);
    const moved =
      options.forkBlock !== undefined &&
      row.startedAt !== null &&
      options.forkBlock !== row.forkBlock;
    await launch(network, options, options.fresh || moved ? 'fresh' : 'saved', how);
  }

  async function launch(
    network: ChainNetwork,
    options: StartOptions,
    origin: Origin,
    how: Launch = {},
  ): Promise<void> {
    const free = options.port === undefined && rowOf(network.name).port === null;
    for (let attempt = 1; ; attempt++) {
      try {
        return await launchOnce(network, options, origin, how);
      } catch (error) {
        // A program that is none of ours took the port between the look and anvil.
        const again = free && attempt < PORT_ATTEMPTS;
        if (!(again && error instanceof AppError && error.code === 'PORT_TAKEN')) throw error;
      } finally {
        ports.settle(portOwner(network.name));
      }
    }
  }

  async function launchOnce(
    network: ChainNetwork,
    options: StartOptions,
    origin: Origin,
    how: Launch,
  ): Promise<void> {
    const { name } = network;
    const row = rowOf(name);
    const folder = context.folder(name);
    const upstream = network.kind === 'fork' ? await checkUpstream(network) : null;
    const own = ownEngine(row, options.engine);
    const { engine, forkUrl } = await chooseEngine(name, upstream?.url, own, how);
    const port = await choosePort(network, row, options.port, engine);
    folder.create();

    let problem: string | null = null;
    if (origin === 'fresh') await folder.putStateAside();
    if (origin === 'saved') problem = await prepareSavedState(name, folder);

    const chainId = network.servedChainId ?? upstream?.chainId ?? row.chainId;
    const forkBlock = upstream && chooseForkBlock(network, row, options, origin);
    if (upstream) await writeFile(path.join(folder.root, 'foundry.toml'), foundryToml);
    const ref = await engine
      .startService({
        name,
        program: 'anvil',
        args: anvilArgs({
          host: engine.listenHost,
          port,
          chainId,
          folder,
          fork: upstream && { block: forkBlock },
        }),
        env: forkUrl
          ? { [FORK_URL_VARIABLE]: forkUrl, HOME: folder.home, USERPROFILE: folder.home }
          : {},
        cwd: folder.root,
        port,
        logFile: folder.log,
      })
      .catch(async (error: unknown) => {
        const taken = error instanceof AppError && error.code === 'PORT_TAKEN';
        throw taken ? await portTaken(name, port, engine) : error;
      });
    // Recorded before it answers: a core killed now must leave a chain that the next one finds.
    const started: ChainRow = {
      ...row,
      port,
      chainId,
      process: ref,
      instance: null,
      startedAt: Date.now(),
      problem,
      currentSnapshot: origin === 'fresh' ? null : row.currentSnapshot,
      engine: own,
    };
    store.put(started);

    let meta: Metadata;
    try {
      meta = await ready(network, started, folder, engine);
    } catch (error) {
      await engine.stopService(ref, 1000);
      const message = (error as Error).message;
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
    if (origin === 'saved') await checkLive(name, rpc(chainUrl(port)));
    changed({ topic: 'chains', key: name });
    logger.info({ chain: name, port, block: meta.latestBlockNumber, origin }, 'chain started');
  }

  async function stop(name: string): Promise<void> {
    const chain = await running(name);
    if (!chain?.row.process) return;
    const meta = await metadata(chain.call).catch(() => undefined);
    // Whoever sees its process end knows by this that it didn't do so by itself.
    store.put({ ...(store.chain(name) as ChainRow), instance: null });
    await engines.of(chain.row.process).stopService(chain.row.process, STOP_GRACE_MS);
    store.transaction(() => {
      store.put({
        ...(store.chain(name) as ChainRow),
        process: null,
        instance: null,
        problem: null,
        blockNumber: meta?.latestBlockNumber ?? chain.row.blockNumber,
      });
      emit({ type: 'chain.stopped', chain: name });
    });
    await context.folder(name).keepState();
    changed({ topic: 'chains', key: name });
    logger.info({ chain: name }, 'chain stopped');
  }

  /** anvil says "Listening on" once it has the port, so whoever answers there is ours. */
  async function ready(
    network: ChainNetwork,
    row: ChainRow,
    folder: ChainFolder,
    engine: Engine,
  ): Promise<Metadata> {
    const ref = row.process as NonNullable<ChainRow['process']>;
    const call = rpc(chainUrl(row.port as number), 30_000);
    const deadline = Date.now() + 60_000;
    for (;;) {
      const runs = await engine.isRunning(ref);
      const log = await readFile(folder.log, 'utf8').catch(() => '');
      if (!runs) throw await startError(network, row, folder, engine);
      if (log.includes('Listening on')) break;
      if (Date.now() > deadline) {
        throw new AppError(
          'CHAIN_START_FAILED',
          `anvil for ${network.name} did not get ready within a minute. Look at ${folder.log}, and check the machine's load${network.kind === 'fork' ? ' and the upstream RPC' : ''}.`,
        );
      }
      await sleep(2);
    }
    try {
      return await metadata(call);
    } catch (error) {
      throw await unanswered(network.name, row.port as number, error as RpcError);
    }
  }

  /** fetch, like every browser, refuses to talk to some ports at all. */
  async function unanswered(name: string, port: number, error: RpcError): Promise<AppError> {
    const free = await ports.suggest(portOwner(name), FIRST_PORT);
    return new AppError(
      'CHAIN_START_FAILED',
      `anvil for ${name} listens on port ${port}, but can't be talked to there: ${error.message}. Start it on another port.`,
      { field: 'port', fix: startOn(name, free) },
    );
  }

  const startOn = (name: string, port: number): Fix => ({
    label: `Start on port ${port}`,
    command: `drydock chain start ${name} --port ${port}`,
    call: { procedure: 'chains.start', input: { chain: name, port } },
  });

  async function startError(
    network: ChainNetwork,
    row: ChainRow,
    folder: ChainFolder,
    engine: Engine,
  ): Promise<AppError> {
    const reason = await lastWords(folder, network);
    if (/address already in use|os error (98|48|10048)/i.test(reason ?? '')) {
      return portTaken(network.name, row.port as number, engine);
    }
    if (/deserializ|load.*state|EOF while parsing/i.test(reason ?? '')) {
      return corruptState(network.name, reason);
    }
    return new AppError(
      'CHAIN_START_FAILED',
      `anvil for ${network.name} ended at its start: ${reason ?? 'it said nothing'}. The whole log is in ${folder.log}.`,
    );
  }

  /** The engine, and how a chain of it reaches what it forks from. */
  async function chooseEngine(
    name: string,
    upstream: string | undefined,
    own: OwnChoice,
    { engine: wanted, rather = null, preparation }: Launch,
  ): Promise<{ engine: Engine; forkUrl: string | null }> {
    const choice = own ?? rather;
    const engine =
      wanted ??
      (await engines.choose(preparation, choice).catch((error: unknown) => {
        throw own === 'docker' ? withoutDocker(name, error) : error;
      }));
    if (upstream === undefined) return { engine, forkUrl: null };
    const forkUrl = await engine.reach(upstream);
    if (forkUrl !== null) return { engine, forkUrl };
    const other = engines.instead(engine, choice);
    if (other) return { engine: other, forkUrl: upstream };
    throw new AppError(
      'RPC_UNREACHABLE',
      `A container can't reach ${maskUrl(upstream)}, where ${name} forks from: it listens on this machine alone. Let it listen on 0.0.0.0, or run without Docker.`,
      {
        fix: {
          label: 'Run without Docker',
          command: `drydock chain start ${name} --engine process`,
          call: { procedure: 'chains.start', input: { chain: name, engine: 'process' } },
        },
      },
    );
  }

  /** What is chosen goes nowhere else by itself; but the way there is one step. */
  function withoutDocker(name: string, error: unknown): unknown {
    if (!(error instanceof AppError) || error.code !== 'ENGINE_UNAVAILABLE') return error;
    return new AppError(error.code, `${error.message} Docker was chosen for the chain ${name}.`, {
      fix: {
        label: 'Start it without Docker',
        command: `drydock chain start ${name} --engine process`,
        call: { procedure: 'chains.start', input: { chain: name, engine: 'process' } },
      },
    });
  }

  /** Throws CHAIN_BUSY for a chain that would have to be started anew for that. */
  function assertRunsOn({ name, process }: ChainRow, engine: EngineChoice | undefined): void {
    if (!process || engine === undefined || engine === 'auto') return;
    if (engines.of(process).name === engine) return;
    const where = engine === 'docker' ? 'in Docker' : 'without Docker';
    throw new AppError(
      'CHAIN_BUSY',
      `${name} is running already. To run it ${where}, restart it.`,
      {
        fix: {
          label: `Restart ${name} ${where}`,
          command: `drydock chain restart ${name} --engine ${engine}`,
          call: { procedure: 'chains.restart', input: { chain: name, engine } },
        },
      },
    );
  }

  async function checkUpstream(network: ChainNetwork): Promise<{ url: string; chainId: number }> {
    const { name, url } = network;
    if (!url) {
      throw new AppError(
        'RPC_UNREACHABLE',
        `The address that ${name} forks from could not be read. Enter it again.`,
        {
          fix: {
            label: 'Set the address',
            command: `drydock network add ${name} --kind fork --url URL`,
          },
        },
      );
    }
    const probe = await probeRpc(url).catch((error: RpcError) => {
      throw new AppError(
        'RPC_UNREACHABLE',
        `${maskUrl(url)}, where ${name} forks from, does not answer: ${error.message}. Check your connection and the address, or set another one for ${name}.`,
        {
          fix: {
            label: 'Set another address',
            command: `drydock network add ${name} --kind fork --url URL`,
          },
        },
      );
    });
    if (network.chainId !== null && probe.chainId !== network.chainId) {
      throw new AppError(
        'CHAIN_ID_MISMATCH',
        `${maskUrl(url)} is chain ${probe.chainId}, but ${name} expects ${network.chainId}. Correct the address or the chain id of ${name}.`,
        { fix: { label: 'Test the network', command: `drydock network test ${name}` } },
      );
    }
    return { url, chainId: probe.chainId };
  }

  /** The port asked for or had before must be free; only a first start may look for another. */
  async function choosePort(
    network: ChainNetwork,
    row: ChainRow,
    asked: number | undefined,
    engine: Engine,
  ): Promise<number> {
    const owner = portOwner(network.name);
    const fixed = asked ?? row.port ?? undefined;
    if (fixed !== undefined) {
      const refused = await ports.take(owner, fixed);
      if (refused) throw await portTaken(network.name, fixed, engine, refused.owner);
      return fixed;
    }
    if (network.port && !(await ports.take(owner, network.port))) return network.port;
    return ports.find(owner, network.port ?? FIRST_PORT);
  }

  async function portTaken(
    name: string,
    port: number,
    engine: Engine,
    starting: string | null = null,
  ): Promise<AppError> {
    const holder = starting
      ? `the ${starting}, which is just starting`
      : await engine.portHolder(port);
    const free = await ports.suggest(portOwner(name), port + 1);
    return new AppError(
      'PORT_TAKEN',
      `Port ${port} is taken by ${holder ?? 'another program'}. Stop it, or start ${name} on another port.`,
      { field: 'port', fix: startOn(name, free) },
    );
  }

  async function prepareSavedState(name: string, folder: ChainFolder): Promise<string | null> {
    const state = await folder.prepareState();
    if (!state.damaged) return null;
    if (state.from === null) throw corruptState(name, undefined);
    const time = dateTime(state.from);
    logger.warn({ chain: name, from: state.from }, 'damaged state replaced by a good copy');
    return `The last saved state was damaged (anvil was killed while writing). Continued from the one of ${time}.`;
  }

  function corruptState(name: string, reason: string | undefined): AppError {
    return new AppError(
      'STATE_CORRUPT',
      `The saved state of ${name} is damaged${reason ? ` (${reason})` : ''} and there is no good copy. Revert to one of its snapshots, or start it fresh; the damaged file is kept.`,
      {
        fix: {
          label: 'Start fresh',
          command: `drydock chain start ${name} --fresh`,
          call: { procedure: 'chains.start', input: { chain: name, fresh: true } },
        },
      },
    );
  }

  /** What a kill took with it must not be called live. */
  async function checkLive(name: string, call: Rpc): Promise<void> {
    const recorded = deployments.live(name);
    const found = await Promise.all(
      recorded.map(async ({ id, address }) => {
        if (address === null) return id;
        const code = await call<string>('eth_getCode', [address, 'latest']).catch(() => '0x');
        return code !== '0x' ? id : null;
      }),
    );
    const live = found.filter((id) => id !== null);
    if (live.length < recorded.length) deployments.setLive(name, live);
  }

  return { rowOf, running, requireRunning, start, launch, stop };
}

function ownEngine(row: ChainRow, asked: EngineChoice | undefined): OwnChoice {
  if (asked === undefined) return row.engine;
  return asked === 'auto' ? null : asked;
}

export type ChainLifecycle = ReturnType<typeof chainLifecycle>;

/** Who ended it nobody can tell: only that it wasn't us. */
const endedWords = (process: RunRef): string =>
  'container' in process
    ? 'The container of anvil is gone: anvil ended by itself, Docker was restarted, or something else ended it'
    : 'anvil is gone: it ended by itself, or something else ended it';

/** A saved or restored state only makes sense on top of the block that it was made on. */
function chooseForkBlock(
  network: ChainNetwork,
  row: ChainRow,
  options: StartOptions,
  origin: Origin,
): number | null {
  if (options.forkBlock !== undefined) return options.forkBlock;
  if (origin !== 'fresh' && row.startedAt !== null) return row.forkBlock;
  return network.forkBlock;
}

async function lastWords(folder: ChainFolder, network: ChainNetwork): Promise<string | undefined> {
  const log = await readFile(folder.log, 'utf8').catch(() => '');
  const lines = log.split('\n').map((line) => line.trim());
  const error = lines.findLast((line) => /^(Error|error|thread '|panicked)/.test(line));
  if (!error) return undefined;
  const mask = masker(network.url && isSecretUrl(network.url) ? [network.url] : []);
  return mask(error.replace(/^error:\s*/i, '')).slice(0, 300);
}
