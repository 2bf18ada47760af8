import {
  type Address,
  decodeFunctionData,
  getAddress,
  type Hex,
  parseAbi,
  toEventSelector,
} from 'viem';
import { calledIn } from './handed-on-calls.ts';
import type { TracedCall } from './inside/call-tree.ts';
import { orderedWalk } from './inside/ordered-walk.ts';

/** A call that replaces what runs behind proxies, as it is sent or inside of another call. */
export interface UpgradeCall {
  /** A proxy or a beacon, with its checksum. */
  of: string;
  implementation: string;
  /** What is called through the proxy in the same transaction; `0x`: nothing. */
  afterwards: Hex;
}

const UPGRADES = parseAbi([
  'function upgradeTo(address implementation)',
  'function upgradeToAndCall(address implementation, bytes data)',
  'function upgrade(address proxy, address implementation)',
  'function upgradeAndCall(address proxy, address implementation, bytes data)',
]);

/** Of `UPGRADES`, in their order. */
const SELECTORS = ['3659cfe6', '4f1ef286', '99a88ec4', '9623609d'];
/** An address follows. */
const SELECTOR = new RegExp(`(?:${SELECTORS.join('|')})(?=0{24})`, 'g');
const NO_ADDRESS = /^0x0{40}$/;

/** The upgrades in a transaction, also those that it hands on. */
export const upgradeCallsIn = (call: { to: string; input: string }): UpgradeCall[] =>
  [...calledIn(call, SELECTOR)].flatMap(({ to, data }) => decoded(to, data) ?? []);

/** Of EIP-1967, and of beacons: https://eips.ethereum.org/EIPS/eip-1967 */
const UPGRADED = toEventSelector('Upgraded(address)');

/**
 * Returns the upgrades that a traced transaction makes, recognized by the selectors of its calls and
 * by the events of proxies and beacons.
 */
export function tracedUpgradesIn(trace: TracedCall): UpgradeCall[] {
  const found: UpgradeCall[] = [];
  for (const { call: frame, log } of orderedWalk(trace, ({ error }) => error !== undefined)) {
    if (log === null) {
      const { type, to, input = '0x' } = frame;
      const isUpgrade = SELECTORS.includes(input.slice(2, 10).toLowerCase());
      const one = type === 'CALL' && to && isUpgrade ? decoded(to, input as Hex) : null;
      if (one) found.push(one);
    } else if (log.topics?.[0] === UPGRADED && log.address && log.topics[1]?.length === 66) {
      const one = call(log.address, `0x${log.topics[1].slice(26)}`, '0x');
      if (one) found.push(one);
    }
  }
  return found;
}

/** Each once, in the order of the first. */
export function eachOnce(calls: readonly UpgradeCall[]): UpgradeCall[] {
  const byWhat = new Map<string, UpgradeCall>();
  for (const one of calls) {
    const key = `${one.of} ${one.implementation}`.toLowerCase();
    if (!byWhat.has(key)) byWhat.set(key, one);
  }
  return [...byWhat.values()];
}

function decoded(to: string, data: Hex): UpgradeCall | null {
  try {
    const { functionName, args } = decodeFunctionData({ abi: UPGRADES, data });
    switch (functionName) {
      case 'upgradeTo':
        return call(to, args[0], '0x');
      case 'upgradeToAndCall':
        return call(to, ...args);
      case 'upgrade':
        return call(args[0], args[1], '0x');
      case 'upgradeAndCall':
        return call(...args);
    }
  } catch {
    // Bytes that only look like a selector.
    return null;
  }
}

const call = (of: string, implementation: Address, afterwards: Hex): UpgradeCall | null =>
  NO_ADDRESS.test(implementation) || NO_ADDRESS.test(of)
    ? null
    : { of: getAddress(of.toLowerCase()), implementation: getAddress(implementation), afterwards };
