import type { Abi, AbiParameter, Hex } from 'viem';
import { encodeValues } from '../../eth/inside/encoded-values.ts';
import { DIFF_TRACER, type TracedDiff } from '../../eth/inside/state-changes.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { readArguments } from '../../eth/typed-arguments.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Finding } from './contract.ts';
import { slotText } from './state-check.ts';

/** What is to run behind a proxy. */
export interface NewCode {
  name: string | null;
  artifact: number | null;
  address: string | null;
  /** null: no compiled contract has this code. */
  abi: Abi | null;
  /** Hex; null: it can't be told, and `findings` say why. */
  runtime: string | null;
  /** What its constructor has stored in a slot of it; null: not known. */
  storedAt: ((slot: bigint) => Promise<bigint>) | null;
  findings: Finding[];
}

/** A compiled contract; code is hex digits without 0x. */
export interface Compiled {
  id: number;
  name: string;
  abi: Abi;
  creationCode: string;
  creationGaps: readonly unknown[];
  runtimeCode: string;
}

const note = (message: string): Finding => ({
  ...{ level: 'note', topic: 'code', message, detail: null },
});

/** One that stands on the network already. */
export async function deployedCode(
  { call }: ReadNetwork,
  address: string,
  compiled: Pick<Compiled, 'id' | 'name' | 'abi'> | null,
): Promise<NewCode> {
  return {
    ...{ name: compiled?.name ?? null, artifact: compiled?.id ?? null, address },
    abi: compiled?.abi ?? null,
    runtime: await call<string>('eth_getCode', [address, 'latest']),
    storedAt: async (slot) =>
      BigInt(await call<string>('eth_getStorageAt', [address, slotText(slot), 'latest'])),
    findings: [],
  };
}

/**
 * One that is compiled alone: its constructor runs on the network as a call, which leaves nothing
 * behind. Throws BAD_ARGUMENT.
 */
export async function compiledCode(
  { call }: ReadNetwork,
  compiled: Compiled,
  texts: readonly string[],
): Promise<NewCode> {
  const { id, name, abi, creationCode, creationGaps } = compiled;
  const code: NewCode = {
    ...{ name, artifact: id, address: null, abi },
    ...{ runtime: null, storedAt: null, findings: [] },
  };
  if (creationGaps.length > 0) {
    const why = `${name} needs libraries whose addresses are not known yet, so no call was tried with it. Deploy it, and check the address.`;
    return { ...code, findings: [note(why)] };
  }
  const inputs = abi.find((one) => one.type === 'constructor')?.inputs ?? [];
  if (inputs.length > 0 && texts.length === 0) {
    const why = `The constructor of ${name} takes ${inputs.length === 1 ? 'an argument' : `${inputs.length} arguments`}. Give ${inputs.length === 1 ? 'it' : 'them'}, and calls are tried with it, too.`;
    return { ...code, findings: [note(why)] };
  }
  return createdCode({ call }, compiled, `0x${creationCode}${encoded(name, inputs, texts)}`);
}

/**
 * One that a transaction is to create.
 *
 * @param data its creation code with its arguments
 */
export async function createdCode(
  { call }: Pick<ReadNetwork, 'call'>,
  { id, name, abi }: Pick<NewCode, 'name' | 'abi'> & { id: number | null },
  data: string,
): Promise<NewCode> {
  const code: NewCode = {
    ...{ name, artifact: id, address: null, abi },
    ...{ runtime: null, storedAt: null, findings: [] },
  };
  try {
    const [runtime, diff] = await Promise.all([
      call<string>('eth_call', [{ data }, 'latest']),
      call<TracedDiff>('debug_traceCall', [{ data }, 'latest', DIFF_TRACER]).catch(() => null),
    ]);
    const stored = diff && createdStorage(diff);
    return { ...code, runtime, storedAt: stored && (async (slot) => stored.get(slot) ?? 0n) };
  } catch (error) {
    const why = `The constructor of ${name ?? 'the new code'} fails: ${asSentence(messageOf(error))}`;
    return {
      ...code,
      findings: [{ level: 'error', topic: 'code', message: why, detail: null }],
    };
  }
}

function encoded(name: string, inputs: readonly AbiParameter[], texts: readonly string[]): string {
  const read = readArguments(
    { signature: `the constructor of ${name}`, inputs, field: 'arguments' },
    texts,
  );
  return encodeValues(
    inputs,
    read.map(({ value }) => value),
  ).slice(2);
}

function createdStorage({ pre, post }: TracedDiff): ReadonlyMap<bigint, bigint> | null {
  const created = Object.entries(post).find(
    ([address, { code }]) => code && !pre[address]?.code,
  )?.[1];
  if (!created) return null;
  return new Map(
    Object.entries(created.storage ?? {}).map(([slot, word]) => [
      BigInt(slot),
      BigInt(word as Hex),
    ]),
  );
}
