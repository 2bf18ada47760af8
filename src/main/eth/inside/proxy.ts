import {
  decodeAbiParameters,
  encodeAbiParameters,
  getAddress,
  type Hex,
  toEventSelector,
} from 'viem';
import { delegateOf } from '../../shared/delegation.ts';
import { implementationOf } from '../clone.ts';
import type { Rpc } from '../rpc.ts';
import type { ProxyKind } from './names.ts';
import { hasOpcode, OPCODES } from './opcodes.ts';

/** A contract that passes its calls on. Addresses have checksums. */
export interface ProxyAt {
  kind: ProxyKind;
  /** One, or the facets of a diamond. */
  implementations: readonly string[];
  /** Selectors of a diamond's functions, in the order of its implementations. */
  selectors: readonly (readonly string[])[] | null;
  admin: string | null;
  beacon: string | null;
}

/** Whether a transaction to it, or to what it asks, can give it another implementation. */
export const isReplaceable = ({ kind }: Pick<ProxyAt, 'kind'>): boolean =>
  kind !== 'clone' && kind !== 'delegation';

/** https://eips.ethereum.org/EIPS/eip-1967, eip-1822, and what came before them. */
export const PROXY_SLOTS = {
  implementation: '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc',
  beacon: '0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50',
  admin: '0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103',
  proxiable: '0xc5f16f0fcc639fa48a6947836d9850f504798523bf8c9a3a87d5876cf622bcf7',
  zeppelinos: '0x7050c9e0f4ca769c69bd3a8ef740bc37934f8e2c036e5a723fd8ee048ed3f8c3',
} as const;
const FIRST_SLOT = '0x0';

/** `implementation()`, of a beacon. */
export const ASK_BEACON = '0x5c60da1b';
/** `facets()`, of a diamond: https://eips.ethereum.org/EIPS/eip-2535 */
const ASK_FACETS = '0x7a0ed627';
/** Topic of the event that tells which functions of a diamond lead to other facets. */
export const DIAMOND_CUT = toEventSelector('DiamondCut((address,uint8,bytes4[])[],address,bytes)');

/** `proxiableUUID()` as it stands in the code of an implementation: https://eips.ethereum.org/EIPS/eip-1822 */
const PROXIABLE = '6352d1902d';
/** `masterCopy()` as it stands in the code of a Safe's proxy, which has no more than so many digits. */
const MASTER_COPY = 'a619486e';
const MOST_SAFE_DIGITS = 800;

/** No look at a contract may cost a node more. */
const MOST_GAS = '0x1000000';
const MOST_FACETS = 1000;

/**
 * Finds out what a contract passes its calls on to. Asks nothing of code that delegates no calls,
 * else in at most two rounds, each of which is sent in one turn.
 *
 * @param code what stands at the address, hex
 * @returns null: it is no proxy that is known. Rejects when the node can't be reached.
 */
export async function proxyAt(call: Rpc, address: string, code: string): Promise<ProxyAt | null> {
  const cloned = implementationOf(code);
  if (cloned) return proxy('clone', getAddress(cloned));
  const delegate = delegateOf(code);
  if (delegate) return proxy('delegation', getAddress(delegate));
  if (!delegates(code)) return null;
  const slot = async (key: string) =>
    addressIn(await asked(call<string>('eth_getStorageAt', [address, key, 'latest'])));
  const [implementation, beacon, admin, proxiable, zeppelinos, singleton] = await Promise.all([
    slot(PROXY_SLOTS.implementation),
    slot(PROXY_SLOTS.beacon),
    slot(PROXY_SLOTS.admin),
    slot(PROXY_SLOTS.proxiable),
    slot(PROXY_SLOTS.zeppelinos),
    isSafeProxy(code) ? slot(FIRST_SLOT) : null,
  ]);
  if (implementation && admin) return proxy('transparent', implementation, { admin });
  if (implementation) return proxy(await upgradeableKind(call, implementation), implementation);
  if (beacon) {
    const behind = addressIn(await ask(call, beacon, ASK_BEACON));
    return behind ? proxy('beacon', behind, { beacon }) : null;
  }
  if (proxiable) return proxy('uups', proxiable);
  if (zeppelinos) return proxy('zeppelinos', zeppelinos);
  if (singleton) return proxy('safe', singleton);
  return diamond(await ask(call, address, ASK_FACETS));
}

const proxy = (kind: ProxyKind, implementation: string, more: Partial<ProxyAt> = {}): ProxyAt => ({
  ...{ kind, implementations: [implementation], selectors: null, admin: null, beacon: null },
  ...more,
});

/**
 * A contract as it was while it passed calls on to some implementations; none: as it is now.
 *
 * @param found as it is now
 * @param code what stands there now
 */
export function whileRunning(
  found: ProxyAt | null,
  code: string,
  implementations: readonly string[],
): ProxyAt | null {
  const ran = implementations.map((at) => getAddress(at));
  const [first] = ran;
  const isAccount = code === '0x' || found?.kind === 'delegation';
  if (first === undefined || found?.kind === 'clone') return found;
  if (!isAccount && !delegates(code)) return found;
  const known = found ?? proxy(isAccount ? 'delegation' : 'proxy', first);
  const others = known.kind === 'diamond' ? known.implementations : [];
  return { ...known, implementations: [...new Set([...ran, ...others])] };
}

/** Whether some code may pass calls on. */
export const delegates = (code: string): boolean => hasOpcode(code, OPCODES.delegateCall);

/** Slot 0 is a variable like any other in other contracts. */
const isSafeProxy = (code: string): boolean =>
  code.length <= MOST_SAFE_DIGITS && code.toLowerCase().includes(MASTER_COPY);

async function upgradeableKind(call: Rpc, at: string): Promise<ProxyKind> {
  const code = await asked(call<string>('eth_getCode', [at, 'latest']));
  return code?.includes(PROXIABLE) ? 'uups' : 'eip-1967';
}

const ask = (call: Rpc, to: string, data: string): Promise<string | null> =>
  asked(call<string>('eth_call', [{ to, data, gas: MOST_GAS }, 'latest']));

/** null: refused, as most contracts do with functions that they don't have. */
async function asked(answer: Promise<string>): Promise<string | null> {
  try {
    const value = await answer;
    return typeof value === 'string' ? value : null;
  } catch (error) {
    if (error instanceof Error && 'unreachable' in error && !error.unreachable) return null;
    throw error;
  }
}

/** The address in a word, hex; null: it is zero, or the word holds something else. */
function addressIn(word: string | null): string | null {
  const digits = /^0x0{24}([0-9a-f]{40})$/i.exec(word ?? '')?.[1];
  return digits && !/^0+$/.test(digits) ? getAddress(`0x${digits}`) : null;
}

const FACETS = [
  {
    type: 'tuple[]',
    components: [
      { name: 'address', type: 'address' },
      { name: 'selectors', type: 'bytes4[]' },
    ],
  },
] as const;

/** @param output what `facets()` returned */
function diamond(output: string | null): ProxyAt | null {
  try {
    const [facets] = decodeAbiParameters(FACETS, output as Hex);
    // A fallback may return anything.
    const isList = encodeAbiParameters(FACETS, [facets]) === output?.toLowerCase();
    if (!isList || facets.length === 0 || facets.length > MOST_FACETS) return null;
    return {
      kind: 'diamond',
      implementations: facets.map(({ address }) => address),
      selectors: facets.map(({ selectors }) => selectors),
      ...{ admin: null, beacon: null },
    };
  } catch {
    return null;
  }
}
