import { getAddress } from 'viem';
import type { DecodedValue } from '../../shared/decoded.ts';
import { textOf } from '../../shared/decoded-text.ts';
import { type AddressNames, withNames } from '../../shared/named-addresses.ts';
import { oneLine } from '../../shared/one-line.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import { decodeEvent, type Log } from './decode-event.ts';
import type { Names } from './names.ts';

/** A log with what is known of it. */
export interface NamedEvent {
  address: string;
  /** Name of the contract; behind a proxy that of its logic. */
  contract: string | null;
  label: string | null;
  /** null: no known event fits. */
  name: string | null;
  signature: string | null;
  arguments: DecodedValue[];
  topics: string[];
  data: string;
  logIndex: number | null;
}

/**
 * A log as its contract's source would write it.
 *
 * @param ran as in `Names.contractAt`, as `code` is
 */
export async function namedEvent(
  log: Log & { logIndex?: string | null },
  names: Names,
  ran?: readonly string[],
  code?: string,
): Promise<NamedEvent> {
  const contract = await names.contractAt(log.address, ran, code);
  const decoded = decodeEvent(log, contract?.abi ?? null, names);
  return {
    address: getAddress(log.address),
    contract: contract?.name ?? null,
    label: contract?.label ?? names.labelAt(log.address),
    name: decoded?.name ?? null,
    signature: decoded?.signature ?? null,
    arguments: decoded?.arguments ?? [],
    topics: [...log.topics],
    data: log.data,
    logIndex: safeInteger(log.logIndex ?? null),
  };
}

/** One line: `Token.Transfer(from: 0x…, to: 0x…, value: 1)`. */
export function eventText(event: NamedEvent, names: AddressNames = new Map()): string {
  const where = event.label ?? event.contract ?? event.address;
  if (event.name === null) return `${where} ${event.topics.join(' ')} ${event.data}`;
  const values = event.arguments.map(
    (one) => `${one.name ? `${one.name}: ` : ''}${withNames(oneLine(textOf(one)), names)}`,
  );
  return `${where}.${event.name}(${values.join(', ')})`;
}
