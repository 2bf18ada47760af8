import {
  type Abi,
  type AbiEvent,
  type AbiFunction,
  type AbiParameter,
  type Hex,
  keccak256,
  toHex,
} from 'viem';

export type AbiError = Extract<Abi[number], { type: 'error' }>;
type AbiConstructor = Extract<Abi[number], { type: 'constructor' }>;

/** An ABI by selectors and topics, both in lower case. */
export interface AbiIndex {
  functions: ReadonlyMap<string, readonly AbiFunction[]>;
  errors: ReadonlyMap<string, readonly AbiError[]>;
  events: ReadonlyMap<string, readonly AbiEvent[]>;
  anonymousEvents: readonly AbiEvent[];
  creation: AbiConstructor | null;
  hasReceive: boolean;
  hasFallback: boolean;
}

const known = new WeakMap<Abi, AbiIndex>();

/**
 * Made once for each ABI and kept as long as it is: hashing its signatures takes longer than
 * decoding a call. Items that are not of a valid ABI are left out.
 */
export function abiIndex(abi: Abi): AbiIndex {
  const made = known.get(abi) ?? index(abi);
  known.set(abi, made);
  return made;
}

function index(abi: Abi): AbiIndex {
  const functions = new Map<string, AbiFunction[]>();
  const errors = new Map<string, AbiError[]>();
  const events = new Map<string, AbiEvent[]>();
  const anonymousEvents: AbiEvent[] = [];
  let creation: AbiConstructor | null = null;
  for (const item of abi) {
    try {
      if (item.type === 'function') add(functions, selectorOf(item), item);
      else if (item.type === 'error') add(errors, selectorOf(item), item);
      else if (item.type === 'event' && item.anonymous) anonymousEvents.push(item);
      else if (item.type === 'event') add(events, hashOf(item), item);
      else if (item.type === 'constructor') creation = item;
    } catch {
      // An ABI is a file of the project's, and may hold anything.
    }
  }
  const has = (type: string) => abi.some((item) => item?.type === type);
  return {
    ...{ functions, errors, events, anonymousEvents, creation },
    ...{ hasReceive: has('receive'), hasFallback: has('fallback') },
  };
}

/** `0x` and eight digits. */
const SELECTOR = 10;

const hashOf = (item: Named): Hex => keccak256(toHex(signatureOf(item)));

export const selectorOf = (item: Named): Hex => hashOf(item).slice(0, SELECTOR) as Hex;

interface Named {
  name: string;
  inputs: readonly AbiParameter[];
}

/** `transfer(address,uint256)`, of functions, events and errors. */
export const signatureOf = (item: Named): string => `${item.name}${typesOf(item.inputs)}`;

/** `(address,(uint256,bool)[])` */
export const typesOf = (parameters: readonly AbiParameter[]): string =>
  `(${parameters.map(typeOf).join(',')})`;

const typeOf = (parameter: AbiParameter): string =>
  'components' in parameter
    ? `${typesOf(parameter.components)}${parameter.type.slice('tuple'.length)}`
    : parameter.type;

function add<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const same = map.get(key);
  if (same) same.push(item);
  else map.set(key, [item]);
}
