import { type GatewayClient, GatewayUnreachable, isLate } from '../../gateway/control/client.ts';
import type { GatewayStatus, UpstreamSettings } from '../../gateway/control/protocol.ts';
import { isOfOther, ownMark } from '../../lib/process-mark.ts';
import { messageOf } from '../../shared/errors.ts';
import type { ForwardedUpstream } from '../../targets/chain/chain-gateway.ts';
import type { GatewayProcess } from './process.ts';

interface UpstreamsDependencies {
  client: GatewayClient;
  process: GatewayProcess;
  /** Those of forks that run, by chain; null: it can't be read. */
  recorded: () => ReadonlyMap<string, ForwardedUpstream | null>;
}

/** Has the gateway pass on what forks ask of their upstreams, as it is recorded. */
export class ForwardedUpstreams {
  readonly #deps: UpstreamsDependencies;
  /** Of chains that are about to run. */
  readonly #begun = new Set<string>();
  readonly #problems = new Map<string, string>();

  constructor(deps: UpstreamsDependencies) {
    this.#deps = deps;
  }

  get isNeeded(): boolean {
    return this.#begun.size > 0 || this.#deps.recorded().size > 0;
  }

  isNeededBy(chain: string): boolean {
    return this.#deps.recorded().has(chain);
  }

  /**
   * Returns its port. Rejects with a sentence. Once the chain is recorded, other cores leave it alone,
   * and its record alone says how long it is needed.
   */
  async forward(chain: string, upstream: ForwardedUpstream): Promise<number> {
    if (this.isNeededBy(chain)) this.#begun.delete(chain);
    else this.#begun.add(chain);
    try {
      await this.#deps.process.ensure();
      const starter = this.#begun.has(chain) ? await ownMark() : undefined;
      return await this.#put(chain, { ...upstream, starter });
    } catch (error) {
      this.#begun.delete(chain);
      throw error;
    }
  }

  /** The chain runs, and is recorded. */
  started(chain: string): void {
    this.#begun.delete(chain);
  }

  /** @param revision as `removeChain` takes it */
  async end(chain: string, revision?: number): Promise<void> {
    this.#begun.delete(chain);
    this.#problems.delete(chain);
    await this.#deps.client.removeUpstream(chain, revision).catch((error: unknown) => {
      if (!(error instanceof GatewayUnreachable)) throw error;
    });
  }

  /** Returns what had to be done, a sentence each. */
  async sync(status: GatewayStatus): Promise<string[]> {
    const done: string[] = [];
    const recorded = this.#deps.recorded();
    for (const { chain, revision, starter } of status.upstreams) {
      if (recorded.has(chain) || this.#begun.has(chain)) continue;
      if (starter !== null && (await isOfOther(starter))) continue;
      // Another core may have begun to start it since it was seen.
      await this.end(chain, revision);
      done.push(`The gateway passes on nothing more for ${chain}, which does not run.`);
    }
    for (const [chain, upstream] of recorded) {
      if (upstream === null) {
        this.#problems.set(chain, UNREADABLE);
        continue;
      }
      const known = status.upstreams.find((one) => one.chain === chain);
      try {
        await this.#put(chain, upstream, known?.revision ?? 0);
        if (known?.port === upstream.listen.port) continue;
        done.push(`The gateway passes on what ${chain} asks of its upstream again.`);
      } catch (error) {
        if (!isLate(error)) this.#problems.set(chain, messageOf(error));
      }
    }
    return done;
  }

  async problemOf(chain: string): Promise<string | null> {
    if (!this.isNeededBy(chain)) return null;
    const status = await this.#deps.process.status();
    const found = status?.upstreams.find((one) => one.chain === chain);
    if (found?.port != null) return found.problem;
    return this.#problems.get(chain) ?? GONE;
  }

  /** The chains whose upstreams are not passed on. */
  missing(status: GatewayStatus | null): string[] {
    return [...this.#deps.recorded().keys()].filter(
      (chain) => !status?.upstreams.some((one) => one.chain === chain && one.port !== null),
    );
  }

  /** @param revision as `putUpstream` takes it */
  async #put(chain: string, upstream: UpstreamSettings, revision?: number): Promise<number> {
    const { port } = await this.#deps.client.putUpstream(chain, upstream, revision);
    if (port === null) throw new Error(`The gateway does not listen for ${chain}.`);
    this.#problems.delete(chain);
    return port;
  }
}

const UNREADABLE =
  'What it forks from can’t be read, so the gateway passes nothing on. Put the old secret.key back, or enter its headers again and restart it.';
const GONE =
  'The gateway, through which it reaches what it forks from, is gone. It is started again in a moment, or by "drydock doctor".';
