import { isLoopbackHost } from './control/loopback-page.ts';

/** Who sends a request, as far as a browser says it. */
export type Caller =
  /** No browser, or a page of this machine: may call everything. */
  | { kind: 'local'; origin: string | null }
  /** A browser's extension, or a page that the user allowed: may call what wallets offer pages. */
  | { kind: 'limited'; origin: string }
  | { kind: 'refused'; origin: string; mayBeAllowed: boolean };

export interface OriginPolicy {
  origins: Readonly<Record<string, 'allow' | 'deny'>>;
  /** Host names that lead to this machine by a route of Drydock's. */
  names: readonly string[];
}

/** Docker Desktop's names for this machine, as programs in containers know it. No public name ends so. */
const OF_CONTAINERS = new Set(['host.docker.internal', 'gateway.docker.internal']);
const EXTENSION = /^(?:chrome|moz|safari-web)-extension:\/\/[A-Za-z0-9.-]+$/;
const PAGE = /^https?:\/\/([^/:@?#\\[\]]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/;
const HOST = /^([^/:@?#\\[\]]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

/**
 * What a page may do is decided by the exact text that browsers send: a host in lower case, no dot
 * at its end, no user, no path. Anything else is no page of this machine.
 *
 * @param origin the header of that name; undefined when there is none
 * @param site `sec-fetch-site`: a browser that leaves the origin out still says whence
 */
export function callerOf(
  origin: string | undefined,
  site: string | undefined,
  policy: OriginPolicy,
): Caller {
  if (origin === undefined) {
    return site === 'cross-site'
      ? { kind: 'refused', origin: 'null', mayBeAllowed: false }
      : { kind: 'local', origin: null };
  }
  if (EXTENSION.test(origin)) return { kind: 'limited', origin };
  const host = PAGE.exec(origin)?.[1];
  if (host !== undefined && isOwnName(host, policy)) return { kind: 'local', origin };
  const mayBeAllowed = host !== undefined && isCanonical(origin);
  // A name like `constructor` is no rule.
  const rule = Object.hasOwn(policy.origins, origin) ? policy.origins[origin] : undefined;
  if (mayBeAllowed && rule === 'allow') return { kind: 'limited', origin };
  return { kind: 'refused', origin, mayBeAllowed: mayBeAllowed && rule !== 'deny' };
}

/**
 * Returns whether the Host header names this machine. Any other name was resolved to this machine
 * by someone else's DNS (DNS rebinding).
 *
 * @param host the header; undefined: a program that speaks HTTP/1.0
 */
export function isOwnHost(host: string | undefined, policy: OriginPolicy): boolean {
  if (host === undefined) return true;
  const name = HOST.exec(host)?.[1]?.toLowerCase();
  return name !== undefined && (isOwnName(name, policy) || OF_CONTAINERS.has(name));
}

const isOwnName = (host: string, { names }: OriginPolicy): boolean =>
  isLoopbackHost(host) || names.includes(host);

function isCanonical(origin: string): boolean {
  try {
    return new URL(origin).origin === origin;
  } catch {
    return false;
  }
}

/** What wallets offer pages. Everything else changes the chain, or tells what only its owner may see. */
export const isForPages = (method: string): boolean => /^(?:eth|net|web3|wallet)_/.test(method);
