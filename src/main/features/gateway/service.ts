import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import {
  type GatewayClient,
  GatewayRefusal,
  GatewayUnreachable,
} from '../../gateway/control/client.ts';
import { isLoopbackHost } from '../../gateway/control/loopback-page.ts';
import type { JournalPage } from '../../gateway/control/protocol.ts';
import type { Finding, NamedCheck } from '../../shared/check.ts';
import { AppError } from '../../shared/errors.ts';
import type {
  GatewayState,
  Journal,
  MendedNonce,
  OriginDecision,
  WalletSetup,
} from './contract.ts';
import { DecodedCalls } from './decoded-calls.ts';
import type { ForwardedUpstreams } from './forwarded-upstreams.ts';
import { failingMethods } from './journal.ts';
import type { GatewayProcess } from './process.ts';
import type { ServedChains } from './served-chains.ts';
import type { GatewayStore } from './store.ts';
import { walletSetup } from './wallets.ts';

export interface GatewayDependencies {
  client: GatewayClient;
  process: GatewayProcess;
  served: ServedChains;
  upstreams: Pick<ForwardedUpstreams, 'missing' | 'problemOf'>;
  store: GatewayStore;
  /** Throws CHAIN_NOT_FOUND. */
  chain: (
    name: string,
  ) => Promise<{ chainId: number; behindGateway: boolean; rpcUrl: string | null }>;
  /** Throws CHAIN_NOT_FOUND. */
  assertExists: (name: string) => void;
  /** Returns the nonce that the account had. Rejects as `chains.write`. */
  setNonce: (chain: string, account: string, nonce: number) => Promise<number>;
  reading: Reading;
  namesOn: (from: ReadNetwork) => NetworkNames;
  changed: (chain: string) => void;
}

const NOTHING_NOTED: JournalPage = { on: false, perSecond: [], calls: [], slow: [], errors: [] };

export function gatewayService(deps: GatewayDependencies) {
  const { client, process, served, store } = deps;
  const calls = new DecodedCalls();

  async function status(): Promise<GatewayState> {
    const found = await process.status();
    const problems = served.expected().map(({ name }) => served.problemOf(name));
    return {
      wanted: served.isWanted(),
      running: found !== null,
      problem: found ? null : (problems.find((one) => one !== null) ?? null),
      pid: found?.pid ?? null,
      startedAt: found ? Math.round(found.startedAt) : null,
      rssBytes: found?.rssBytes ?? null,
      logFile: process.logFile,
      chains: (found?.chains ?? []).map((one) => ({ ...one, journal: store.isNoted(one.chain) })),
    };
  }

  async function noted(chain: string, last: number): Promise<JournalPage> {
    try {
      return await client.journal(chain, last);
    } catch (error) {
      const isUnknown = error instanceof GatewayRefusal && error.code === 'NOT_FOUND';
      if (!isUnknown && !(error instanceof GatewayUnreachable)) throw error;
      return { ...NOTHING_NOTED, on: store.isNoted(chain) };
    }
  }

  async function check(): Promise<Finding> {
    const expected = served.expected();
    const found = await process.status();
    const unserved = expected.filter(
      ({ name }) => !found?.chains.some((one) => one.chain === name && one.listening),
    );
    const [first] = unserved;
    if (first) {
      return {
        status: 'error',
        detail: `${unserved.map(({ name, port }) => `${name} is not served at port ${port}`).join(', ')}: ${served.problemOf(first.name) ?? 'the gateway is gone'}`,
        remedy: `Free the port, then restart the chain ("drydock chain restart ${first.name}"). The gateway's log is ${process.logFile}.`,
      };
    }
    const [unforwarded] = deps.upstreams.missing(found);
    if (unforwarded !== undefined) {
      return {
        status: 'error',
        detail: `${unforwarded} does not reach what it forks from: ${await deps.upstreams.problemOf(unforwarded)}`,
        remedy: `Restart the chain ("drydock chain restart ${unforwarded}"). The gateway's log is ${process.logFile}.`,
      };
    }
    const problem = served.missing();
    if (problem) {
      return {
        status: 'warning',
        detail: `${problem} Chains start without it: any web page can call them.`,
        remedy: `Look at ${process.logFile}, then restart the chains.`,
      };
    }
    if (!served.isWanted()) {
      return {
        status: 'absent',
        detail: 'switched off: any web page can call the chains',
        remedy: 'drydock settings set gateway on, then restart the chains',
      };
    }
    const words =
      expected.length === 0
        ? 'no chain runs behind it'
        : `serves ${expected.map(({ name }) => name).join(', ')}`;
    return { status: 'ok', detail: words, remedy: null };
  }

  return {
    status,
    /** What addresses are called has changed. */
    forgetNames: () => calls.forget(),
    checks: [{ id: 'gateway', title: 'Gateway', look: check }] satisfies NamedCheck[],

    origins(chain: string): OriginDecision[] {
      deps.assertExists(chain);
      return store.origins(chain);
    },

    async decide(
      chain: string,
      origin: string,
      decision: OriginDecision['decision'],
    ): Promise<OriginDecision> {
      deps.assertExists(chain);
      mustBeOfAnotherSite(origin);
      const decidedAt = Date.now();
      store.decide(chain, origin, decision, decidedAt);
      await served.tell(chain);
      deps.changed(chain);
      return { chain, origin, decision, decidedAt };
    },

    // Also of a page of this machine: earlier versions kept decisions about them.
    async forget(chain: string, origin: string): Promise<OriginDecision> {
      deps.assertExists(chain);
      const known = store.origins(chain).find((one) => one.origin === origin);
      if (!known) throw undecided(chain, origin);
      store.undecide(chain, origin);
      await served.tell(chain);
      deps.changed(chain);
      return known;
    },

    async journal(chain: string, last: number): Promise<Journal> {
      deps.assertExists(chain);
      const page = await noted(chain, last);
      const named = async (names: NetworkNames | null) => ({
        ...{ chain, ...page, ...(await calls.of(chain, page, names)) },
        failing: failingMethods(page.errors),
      });
      return deps
        .reading(chain, (from) => named(deps.namesOn(from)))
        .catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          return named(null);
        });
    },

    async setJournal(chain: string, on: boolean): Promise<{ chain: string; on: boolean }> {
      deps.assertExists(chain);
      store.setNoted(chain, on);
      await served.tell(chain);
      return { chain, on };
    },

    async mendNonce(chain: string, account: string, to: number): Promise<MendedNonce> {
      return { chain, account, from: await deps.setNonce(chain, account, to), to };
    },

    async wallet(name: string): Promise<WalletSetup> {
      const { chainId, behindGateway, rpcUrl } = await deps.chain(name);
      if (rpcUrl === null) {
        throw new AppError(
          'CHAIN_NOT_RUNNING',
          `The chain ${name} has never run, so it has no address yet. Start it first.`,
          {
            fix: {
              label: `Start ${name}`,
              command: `drydock chain start ${name}`,
              call: { procedure: 'chains.start', input: { chain: name } },
            },
          },
        );
      }
      return walletSetup({ name, chainId, behindGateway, url: rpcUrl });
    },
  };
}

export type GatewayService = ReturnType<typeof gatewayService>;

/** Throws BAD_INPUT for a page that a decision changes nothing for. */
function mustBeOfAnotherSite(origin: string): void {
  if (!isLoopbackHost(new URL(origin).hostname)) return;
  throw new AppError(
    'BAD_INPUT',
    `${origin} is a page of this machine, and those may always call chains: it is neither allowed nor denied. Give a page of another site, such as https://app.example.`,
    { field: 'origin' },
  );
}

const undecided = (chain: string, origin: string): AppError =>
  new AppError(
    'ORIGIN_NOT_FOUND',
    `Nothing was decided about ${origin} on ${chain}. List what was with "drydock gateway origins ${chain}".`,
    { field: 'origin' },
  );
