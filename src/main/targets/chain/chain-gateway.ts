import type { RequestHeaders } from '../../lib/secrets/secret-headers.ts';

/** What a fork starts from. */
export interface UpstreamAddress {
  url: string;
  /** Sent with each request. */
  headers: RequestHeaders;
}

/** A chain that runs behind the gateway. */
export interface ServedChain {
  name: string;
  /** Of 127.0.0.1, that the gateway listens on. */
  port: number;
  /** Address of anvil itself. */
  backend: string;
  chainId: number;
}

/** What a fork starts from, as its anvil reaches it through the gateway. */
export interface ForwardedUpstream extends UpstreamAddress {
  /** Of this machine, that the gateway listens on. */
  listen: { host: string; port: number };
  /** Nobody can guess it. */
  path: string;
}

/** The port of a chain whose requests wait. */
export interface HeldPort {
  /** Resolves when the chain may be taken back: what the gateway has to know of it before is known. */
  remembered: () => Promise<void>;
  /** @param back whether the chain is another one than before: blocks were taken back or replaced */
  release: (back: boolean) => Promise<void>;
}

/** What serves chains at their ports while anvil listens elsewhere. */
export interface ChainGateway {
  /** Whether the settings want chains to be behind it. */
  isWanted: () => boolean;
  /**
   * Brings it up if chains are to be behind it. `off`: they are not; `missing`: it can't be had.
   * Never rejects.
   */
  begin: () => Promise<{ is: 'ready' } | { is: 'off' } | { is: 'missing'; problem: string }>;
  /** Whether it listens at a port for that chain. If not, it has let go what it had of it. */
  holds: (chain: string, port: number) => Promise<boolean>;
  /**
   * Serves a chain. False: another program has the port. One that is gone meanwhile is brought up
   * again later.
   */
  serve: (chain: ServedChain) => Promise<boolean>;
  /**
   * Passes on what anvil asks of a fork's upstream, from now on; also where chains are not to be
   * behind the gateway. Port 0: any. Returns the port. Rejects with a sentence that says why it can't.
   */
  forward: (chain: string, upstream: ForwardedUpstream) => Promise<number>;
  /** Passes on nothing more for a chain. */
  endForward: (chain: string) => Promise<void>;
  /** Why the anvil of a fork gets nothing from its upstream; null: it does, or nothing is known. */
  upstreamProblem: (chain: string) => Promise<string | null>;
  /** Lets the port of a chain go, and passes on nothing more for it. */
  leave: (chain: string) => Promise<void>;
  /**
   * Lets no request of users' programs through until what is returned is released, or until they
   * have waited too long. A gateway that doesn't respond in time holds nothing up.
   */
  hold: (chain: string) => Promise<HeldPort>;
  /** Why a chain is not served, or could not be; null: it is, or nothing is known. */
  problemOf: (chain: string) => string | null;
}
