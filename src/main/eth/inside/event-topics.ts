import { type Abi, type AbiEvent, type Hex, keccak256, stringToBytes, toEventSelector } from 'viem';
import { signatureOf } from './abi-index.ts';
import { encodeValues } from './encoded-values.ts';

/** The events with a name or signature, each once. */
export function eventsNamed(abi: Abi, asked: string): AbiEvent[] {
  const wanted = asked.replace(/^event\s+/, '').replace(/\s+/g, '');
  const found = new Map<string, AbiEvent>();
  for (const item of abi) {
    if (item.type !== 'event' || item.anonymous) continue;
    const signature = signatureOf(item);
    if (item.name === wanted || signature === wanted) found.set(signature, item);
  }
  return [...found.values()];
}

export const topicOf = (event: AbiEvent): Hex => toEventSelector(event);

/**
 * The topic that a log has for a value.
 *
 * @param value as viem takes it
 * @returns null for lists and tuples, of which a log has a hash that is not made here
 */
export function valueTopic(type: string, value: unknown): Hex | null {
  if (type === 'string') return keccak256(stringToBytes(String(value)));
  if (type === 'bytes') return keccak256(value as Hex);
  if (type.startsWith('tuple') || type.endsWith(']')) return null;
  return encodeValues([{ type }], [value]);
}
