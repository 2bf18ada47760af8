import {
  decodeAbiParameters,
  decodeFunctionData,
  getAddress,
  type Hex,
  parseAbi,
  parseAbiParameters,
} from 'viem';
import { calledIn } from './handed-on-calls.ts';
import type { TracedCall } from './inside/call-tree.ts';
import { orderedWalk } from './inside/ordered-walk.ts';
import { DIAMOND_CUT } from './inside/proxy.ts';

/** https://eips.ethereum.org/EIPS/eip-2535 */
const ACTIONS = ['add', 'replace', 'remove'] as const;

/** Functions of a diamond that are to lead to another facet. */
export interface FacetCut {
  action: (typeof ACTIONS)[number];
  /** With its checksum; the zero address where functions are removed. */
  facet: string;
  selectors: readonly string[];
}

export interface DiamondCut {
  /** The diamond, with its checksum. */
  of: string;
  cuts: readonly FacetCut[];
  /** What the diamond runs after it; null: nothing. */
  init: string | null;
}

const CUT = '(address facet, uint8 action, bytes4[] selectors)[] cuts, address init, bytes data';
const ABI = parseAbi([`function diamondCut(${CUT})`]);
const PARAMETERS = parseAbiParameters(CUT);
/** `diamondCut`, and where its list begins. */
const SELECTOR = /1f931c1c(?=0{62}60)/g;
export const CUT_SELECTOR = '0x1f931c1c';
const NO_ADDRESS = /^0x0{40}$/;

/** The cuts in a transaction, also those that it hands on. */
export const cutsIn = (call: { to: string; input: string }): DiamondCut[] =>
  [...calledIn(call, SELECTOR)].flatMap(({ to, data }) => decoded(to, data) ?? []);

/** The cuts that a traced transaction makes, at any depth of its calls. */
export function tracedCutsIn(trace: TracedCall): DiamondCut[] {
  const found: DiamondCut[] = [];
  for (const { log } of orderedWalk(trace, ({ error }) => error !== undefined)) {
    if (!log?.address) continue;
    const told = cutIn({ ...log, address: log.address });
    if (told) found.push(told);
  }
  return found;
}

/** The cut that an event tells of; null: it tells of something else. */
export function cutIn(log: {
  address: string;
  topics?: readonly string[];
  data?: string;
}): DiamondCut | null {
  if (log.topics?.[0] !== DIAMOND_CUT) return null;
  try {
    return cut(log.address, ...decodeAbiParameters(PARAMETERS, log.data as Hex));
  } catch {
    // Another event that is called so.
    return null;
  }
}

/** The facets that a diamond has after all of its cuts, with their functions. */
export function facetsAfter(cuts: readonly DiamondCut[]): Map<string, string[]> {
  const facetOf = new Map<string, string>();
  for (const { action, facet, selectors } of cuts.flatMap((one) => one.cuts)) {
    for (const selector of selectors) {
      if (action === 'remove') facetOf.delete(selector);
      else facetOf.set(selector, facet);
    }
  }
  return Map.groupBy(facetOf.keys(), (selector) => facetOf.get(selector) ?? '');
}

function decoded(to: string, data: Hex): DiamondCut | null {
  try {
    return cut(to, ...decodeFunctionData({ abi: ABI, data }).args);
  } catch {
    // Bytes that only look like a selector.
    return null;
  }
}

const cut = (
  of: string,
  cuts: readonly { facet: string; action: number; selectors: readonly string[] }[],
  init: string,
  _data: Hex,
): DiamondCut => ({
  of: getAddress(of.toLowerCase()),
  cuts: cuts.map(({ facet, action, selectors }) => {
    const name = ACTIONS[action];
    if (!name) throw new Error(`no action ${action}`);
    return { action: name, facet: getAddress(facet), selectors };
  }),
  init: NO_ADDRESS.test(init) ? null : getAddress(init),
});
