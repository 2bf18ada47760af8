import { type Hex, parseTransaction } from 'viem';
import { decodeCall } from '../../eth/inside/decode-call.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { JournalPage } from '../../gateway/control/protocol.ts';
import { parsedJson } from '../../lib/parsed-json.ts';
import { textOf } from '../../shared/decoded-text.ts';
import type { Journal, JournalCall } from './contract.ts';

/** What a call of these methods says stands in its first parameter. */
const WITH_DATA = [
  'eth_call',
  'eth_estimateGas',
  'eth_sendTransaction',
  'eth_sendUnsignedTransaction',
];

type Noted = JournalPage['calls'][number];

interface Target {
  to: string;
  data: string;
}

/** The contract that a call goes to and what it says; null: neither, or it was cut. */
function targetOf({ method, params }: Noted): Target | null {
  const parsed = parsedJson(params);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : undefined;
  if (method === 'eth_sendRawTransaction' && typeof first === 'string') return rawTarget(first);
  if (!WITH_DATA.includes(method) || typeof first !== 'object' || first === null) return null;
  const { to, data, input = data } = first as Record<string, unknown>;
  return typeof to === 'string' && typeof input === 'string' ? { to, data: input } : null;
}

function rawTarget(raw: string): Target | null {
  try {
    const { to, data } = parseTransaction(raw as Hex);
    return to && data ? { to, data } : null;
  } catch {
    return null;
  }
}

/** What a call says. */
export interface NamedCall extends Pick<JournalCall, 'called'> {
  /** There is nothing more to be learned of it, unless something is called otherwise. */
  isSettled: boolean;
}

/** @param names null: the chain doesn't respond */
export async function decoded(noted: Noted, names: NetworkNames | null): Promise<NamedCall> {
  const target = targetOf(noted);
  if (!target || !/^0x[0-9a-f]{40}$/i.test(target.to)) return { called: null, isSettled: true };
  if (!names) return { called: null, isSettled: false };
  const contract = await names.contractAt(target.to).catch(() => null);
  const call = /^0x[0-9a-f]*$/i.test(target.data)
    ? decodeCall(target.data, contract?.abi ?? null, names)
    : null;
  return {
    called: call && {
      contract: contract?.label ?? contract?.name ?? null,
      function: call.function,
      arguments: call.arguments.map((one) => ({ name: one.name, value: textOf(one) })),
      argumentsProblem: call.argumentsProblem,
    },
    isSettled: call !== null && contract !== null,
  };
}

/** Methods that pages used and that failed, most often first. */
export function failingMethods(errors: readonly Noted[]): Journal['failing'] {
  const found = new Map<string, Journal['failing'][number]>();
  for (const { origin, method, error } of errors) {
    if (origin === null || error === null) continue;
    const key = `${origin} ${method}`;
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { origin, method, count: 1, error });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
