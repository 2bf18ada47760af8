import type { Abi, AbiEvent, AbiParameter, Hex } from 'viem';
import type { DecodedEvent, DecodedValue } from '../../shared/decoded.ts';
import { abiIndex, signatureOf } from './abi-index.ts';
import { decodeValues } from './decoded-value.ts';
import type { Names } from './names.ts';

export interface Log {
  address: string;
  topics: readonly string[];
  data: string;
}

/**
 * The event that a log was written as: of the contract's own ABI, then of its anonymous ones, then
 * any known one. It has as many indexed parameters as the log has topics for, so that an ERC-20's
 * `Transfer` is told from that of an ERC-721.
 *
 * @param abi of the contract that wrote it; null: it isn't known
 * @returns null when nothing known fits
 */
export function decodeEvent(
  { topics, data }: Pick<Log, 'topics' | 'data'>,
  abi: Abi | null,
  names: Pick<Names, 'events'> | null = null,
): DecodedEvent | null {
  const index = abi && abiIndex(abi);
  const [first] = topics;
  if (first !== undefined) {
    const topic = first.toLowerCase();
    const rest = topics.slice(1);
    const written =
      firstFitting(index?.events.get(topic) ?? [], rest, data, false) ??
      firstFitting(names?.events(topic) ?? [], rest, data, true);
    if (written) return written;
  }
  return firstFitting(index?.anonymousEvents ?? [], topics, data, true);
}

/** @param topics without that of the signature */
function firstFitting(
  items: readonly AbiEvent[],
  topics: readonly string[],
  data: string,
  exact: boolean,
): DecodedEvent | null {
  for (const item of items) {
    const values = valuesOf(item.inputs, topics, data as Hex, exact);
    if (values) return { name: item.name, signature: signatureOf(item), arguments: values };
  }
  return null;
}

type EventParameter = AbiEvent['inputs'][number];

function valuesOf(
  inputs: readonly EventParameter[],
  topics: readonly string[],
  data: Hex,
  exact: boolean,
): DecodedValue[] | null {
  const indexed = inputs.filter((input) => input.indexed);
  if (indexed.length !== topics.length) return null;
  const inTopics = indexed.map((input, i) => topicValue(input, topics[i] as Hex));
  const inData = decodeValues(
    inputs.filter((input) => !input.indexed),
    data,
    { exact },
  );
  if (!inData || inTopics.includes(null)) return null;
  return inputs.map((input) => (input.indexed ? inTopics : inData).shift() as DecodedValue);
}

function topicValue(input: AbiParameter, topic: Hex): DecodedValue | null {
  const { name = '', type } = input;
  if (isHashed(type)) return { name, type, value: topic.toLowerCase(), hashed: true };
  return decodeValues([input], topic)?.[0] ?? null;
}

/** https://docs.soliditylang.org/en/latest/abi-spec.html#encoding-of-indexed-event-parameters */
const isHashed = (type: string): boolean =>
  type === 'string' || type === 'bytes' || type.startsWith('tuple') || type.endsWith(']');
