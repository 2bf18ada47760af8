import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  type GatewayClient,
  GatewayRefusal,
  GatewayUnreachable,
  isLate,
} from '../../gateway/control/client.ts';
import type { GatewayStatus } from '../../gateway/control/protocol.ts';
import { messageOf } from '../../shared/errors.ts';
import type {
  ChainGateway,
  ForwardedUpstream,
  HeldPort,
  ServedChain,
} from '../../targets/chain/chain-gateway.ts';
import type { ForwardedUpstreams } from './forwarded-upstreams.ts';
import type { GatewayProcess } from './process.ts';
import type { GatewayStore } from './store.ts';

/** A gateway that doesn't respond by then holds nothing up. */
const HOLD_MS = 200;
const CLOSE_MS = 2000;

interface ServedDependencies {
  client: GatewayClient;
  process: GatewayProcess;
  upstreams: ForwardedUpstreams;
  store: GatewayStore;
  logger: Logger;
  /** Whether the settings want chains to be behind it. */
  isWanted: () => boolean;
  /** Of a chain whose node lists them in no order; otherwise none. */
  accountsOf: (chain: string) => readonly string[];
  /** Those that run behind it, as recorded. */
  chains: () => ServedChain[];
}

/** Has the gateway serve the chains as they are recorded. */
export class ServedChains implements ChainGateway {
  readonly #deps: ServedDependencies;
  readonly #problems = new Map<string, string>();
  /** Recorded senders of creations, by chain: all transactions of its runs are read for them. */
  readonly #deployers = new Map<string, readonly string[]>();
  /** Those that stop and start again, or go back: the gateway keeps them meanwhile. */
  readonly #held = new Set<string>();
  readonly #releasing = new Set<Promise<void>>();
  #missing: string | null = null;
  #syncing: Promise<string[]> = Promise.resolve([]);

  constructor(deps: ServedDependencies) {
    this.#deps = deps;
  }

  readonly isWanted = (): boolean => this.#deps.isWanted();

  async begin(): ReturnType<ChainGateway['begin']> {
    if (!this.#deps.isWanted()) return { is: 'off' };
    try {
      await this.#deps.process.ensure();
      this.#missing = null;
      return { is: 'ready' };
    } catch (error) {
      this.#missing = messageOf(error);
      return { is: 'missing', problem: this.#missing };
    }
  }

  async holds(chain: string, port: number): Promise<boolean> {
    try {
      const one = await this.#deps.client.chain(chain);
      return one?.port === port && one.listening;
    } catch (error) {
      if (error instanceof GatewayUnreachable) return false;
      throw error;
    }
  }

  async serve(chain: ServedChain): Promise<boolean> {
    const { client, process } = this.#deps;
    try {
      await this.#put(chain).catch(async (error: unknown) => {
        if (!(error instanceof GatewayUnreachable)) throw error;
        await process.ensure();
        await this.#put(chain);
      });
      return true;
    } catch (error) {
      if (error instanceof GatewayRefusal && error.code === 'PORT_TAKEN') {
        await client.removeChain(chain.name).catch(() => undefined);
        return false;
      }
      this.#failed(chain.name, error);
      return true;
    }
  }

  forward(chain: string, upstream: ForwardedUpstream): Promise<number> {
    return this.#deps.upstreams.forward(chain, upstream);
  }

  endForward(chain: string): Promise<void> {
    return this.#deps.upstreams.end(chain);
  }

  upstreamProblem(chain: string): Promise<string | null> {
    return this.#deps.upstreams.problemOf(chain);
  }

  /** Ends the gateway with the last one. */
  async leave(chain: string): Promise<void> {
    const { client, process, upstreams } = this.#deps;
    this.#problems.delete(chain);
    try {
      await client.removeChain(chain);
      // A fork that runs without the gateway before it may need it behind.
      if (!upstreams.isNeededBy(chain)) await upstreams.end(chain);
      const status = await process.status();
      const isLast = status?.chains.length === 0 && status.upstreams.length === 0;
      if (isLast && !this.#isNeeded()) await process.stop(true);
    } catch (error) {
      if (!(error instanceof GatewayUnreachable)) throw error;
    }
  }

  async hold(chain: string): Promise<HeldPort> {
    const { client } = this.#deps;
    if (!this.#served(chain)) return NOT_HELD;
    this.#held.add(chain);
    const paused = Promise.withResolvers<void>();
    const held = Promise.all(this.#releasing)
      .then(() => client.reverting(chain, paused.resolve))
      .catch((error: unknown) => this.#failed(chain, error))
      .finally(paused.resolve);
    await soon(paused.promise);
    return {
      remembered: () => soon(held),
      release: async (back) => {
        this.#held.delete(chain);
        if (!this.#served(chain)) return this.leave(chain);
        const deployers = this.#deployersOf(chain);
        const released = held
          .then(() => client.reverted(chain, back, deployers))
          .catch((error: unknown) => this.#failed(chain, error))
          .finally(() => this.#releasing.delete(released));
        // What is sent from now on waits until then.
        this.#releasing.add(released);
      },
    };
  }

  /** Resolves when the gateway was told all that it has to be told, or doesn't respond. */
  async close(): Promise<void> {
    await soon(Promise.all(this.#releasing), CLOSE_MS);
  }

  /** Those that run behind it, as recorded. */
  expected(): ServedChain[] {
    return this.#deps.chains();
  }

  /** Why there is no gateway, as far as it was tried. */
  missing(): string | null {
    return this.#missing;
  }

  problemOf(chain: string): string | null {
    return this.#problems.get(chain) ?? this.#missing;
  }

  /**
   * Makes the gateway serve what runs behind it and nothing else, and be there only if anything
   * does. Returns what it had to do, a sentence each.
   */
  sync(): Promise<string[]> {
    this.#syncing = this.#syncing.catch(() => []).then(() => this.#sync());
    return this.#syncing;
  }

  /** What is to be decided for a chain has changed. */
  async tell(chain: string): Promise<void> {
    const served = this.#served(chain);
    if (!served) return;
    await this.#put(served).catch((error: unknown) => this.#failed(chain, error));
  }

  /** A deployment to a chain has ended. */
  async deployed(chain: string): Promise<void> {
    this.#deployers.delete(chain);
    await this.tell(chain);
  }

  async #sync(): Promise<string[]> {
    const { client, process, chains, upstreams } = this.#deps;
    const before = await process.status();
    if (!before && !this.#isNeeded()) return [];
    const done: string[] = [];
    const status = before && this.#isNeeded() ? await this.#revived() : before;
    for (const one of status?.chains ?? []) {
      if (this.#held.has(one.chain) || this.#served(one.chain)) continue;
      // Another core may have begun to serve it since it was seen.
      await client.removeChain(one.chain, one.revision);
      done.push(`The gateway has let the port of ${one.chain} go, which does not run behind it.`);
    }
    if (!this.#isNeeded()) {
      if (status) done.push(...(await upstreams.sync(status)));
      await process.stop(true);
      return done;
    }
    const after = status ?? (await this.#revived());
    if (!after) return done;
    done.push(...(await upstreams.sync(after)));
    for (const chain of chains()) {
      const known = after.chains.find((one) => one.chain === chain.name);
      try {
        await this.#put(chain, known?.revision ?? 0);
        if (!known?.listening) done.push(`The gateway serves ${chain.name} again.`);
      } catch (error) {
        if (!isLate(error)) this.#failed(chain.name, error);
      }
    }
    return done;
  }

  #isNeeded(): boolean {
    const { chains, upstreams } = this.#deps;
    return chains().length > 0 || this.#held.size > 0 || upstreams.isNeeded;
  }

  async #revived(): Promise<GatewayStatus | null> {
    try {
      const status = await this.#deps.process.ensure();
      this.#missing = null;
      return status;
    } catch (error) {
      this.#missing = messageOf(error);
      this.#deps.logger.warn({ err: error }, 'the gateway is not there');
      return null;
    }
  }

  /** @param revision as `putChain` takes it */
  async #put({ name, port, backend, chainId }: ServedChain, revision?: number): Promise<void> {
    const { client, store, accountsOf } = this.#deps;
    const decisions = store.origins(name).map(({ origin, decision }) => [origin, decision]);
    const settings = {
      ...{ port, backend, chainId, deployers: this.#deployersOf(name) },
      policy: { origins: Object.fromEntries(decisions) },
      accounts: [...accountsOf(name)],
      journal: store.isNoted(name),
    };
    await client.putChain(name, settings, revision);
    this.#problems.delete(name);
  }

  #served(chain: string): ServedChain | undefined {
    return this.#deps.chains().find(({ name }) => name === chain);
  }

  #deployersOf(chain: string): string[] {
    const { store } = this.#deps;
    const recorded = this.#deployers.get(chain) ?? store.recordedDeployers(chain);
    this.#deployers.set(chain, recorded);
    return [...new Set([...recorded, ...store.indexedDeployers(chain)])];
  }

  #failed(chain: string, error: unknown): void {
    const problem =
      error instanceof GatewayUnreachable
        ? 'The gateway is gone. It is started again in a moment, or by "drydock doctor".'
        : `The gateway can't serve its port: ${messageOf(error)}. Free the port, and it is served again at once; or restart the chain on another one ("drydock chain restart ${chain} --port …").`;
    this.#problems.set(chain, problem);
    this.#deps.logger.warn({ chain, err: error }, 'the gateway does not serve the chain');
  }
}

const NOT_HELD: HeldPort = { remembered: async () => undefined, release: async () => undefined };

async function soon(work: Promise<unknown>, withinMs = HOLD_MS): Promise<void> {
  const over = new AbortController();
  await Promise.race([
    work,
    sleep(withinMs, undefined, { signal: over.signal }).catch(() => undefined),
  ]);
  over.abort();
}
