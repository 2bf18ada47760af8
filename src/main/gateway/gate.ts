import type { IncomingMessage } from 'node:http';
import { type Call, methodOf } from './json-rpc.ts';
import { type Caller, callerOf, isForPages, isOwnHost } from './origins.ts';
import type { ServedChain } from './served-chain.ts';

export interface Closed {
  status: number;
  message: string;
}

export type Let = Exclude<Caller, { kind: 'refused' }>;

/** Whether a request may come in at all, and what it may call then. */
export function gate(chain: ServedChain, request: IncomingMessage): Let | Closed {
  const { headers, url = '' } = request;
  const { policy, port } = chain.settings;
  const address = `http://127.0.0.1:${port}`;
  const hosts = hostsOf(request);
  const isOdd = hosts > 1 || (hosts === 0 && request.httpVersion !== '1.0');
  if (isOdd || !url.startsWith('/')) {
    return refused(chain, 400, `Send one Host header and a path, to ${address}.`);
  }
  if (!isOwnHost(headers.host, policy)) {
    return refused(
      chain,
      403,
      `This chain is not served under the name "${printable(headers.host)}". Use ${address}.`,
    );
  }
  // Several origins come as one text with commas, which no origin has.
  const site = headers['sec-fetch-site'];
  const caller = callerOf(headers.origin, site === undefined ? site : `${site}`, policy);
  if (caller.kind !== 'refused') return caller;
  const shown = printable(caller.origin);
  chain.tell({
    chain: chain.name,
    type: 'origin-refused',
    origin: shown,
    mayBeAllowed: caller.mayBeAllowed,
  });
  return refused(
    chain,
    403,
    caller.mayBeAllowed
      ? `Drydock doesn't let pages of ${shown} use the chain "${chain.name}". Allow the page in Drydock, where a notice of it waits, then try again.`
      : `Drydock lets no page of "${shown}" use the chain "${chain.name}". Serve the page from localhost, or from an address that Drydock can allow.`,
  );
}

/** The first method that this caller may not call; null: it may call all. */
export function forbidden(chain: ServedChain, caller: Let, calls: readonly Call[]): string | null {
  if (caller.kind === 'local') return null;
  const bad = calls.find((call) => !isForPages(methodOf(call)));
  if (!bad) return null;
  const method = printable(methodOf(bad));
  chain.counts.refused++;
  const { name, tell } = chain;
  tell({ chain: name, type: 'method-refused', origin: caller.origin, method });
  const reason = `${caller.origin} may not call "${method}" on the chain "${name}": pages and extensions may call what begins with eth_, net_, web3_ and wallet_. Call it from a program, or from a page of localhost.`;
  // The others of its batch are refused because of it alone.
  chain.traffic.refused(bad, caller, reason);
  return reason;
}

function refused(chain: ServedChain, status: number, message: string): Closed {
  chain.counts.refused++;
  return { status, message };
}

/** Of several, Node shows the first one. */
function hostsOf({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count++;
  }
  return count;
}

/** Whatever a stranger sent, it is shown on one short line. */
const printable = (text = ''): string => text.replace(/[^\x21-\x7e]/g, '?').slice(0, 200);
