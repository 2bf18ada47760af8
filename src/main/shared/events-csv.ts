import { csv } from './csv.ts';
import type { DecodedValue } from './decoded.ts';
import { textOf } from './decoded-text.ts';

interface WrittenEvent {
  blockNumber: number;
  transactionHash: string;
  logIndex: number | null;
  address: string;
  name: string | null;
  arguments: readonly DecodedValue[];
}

/** A column for each argument that one of the events has. */
export function eventsCsv(events: readonly WrittenEvent[]): string {
  const names = [
    ...new Set(events.flatMap((one) => one.arguments.map(({ name }, i) => name || `${i}`))),
  ];
  const rows = events.map((one) => {
    const values = new Map(one.arguments.map((value, i) => [value.name || `${i}`, textOf(value)]));
    return [
      ...[one.blockNumber, one.transactionHash, one.logIndex, one.address, one.name],
      ...names.map((name) => values.get(name) ?? null),
    ];
  });
  return csv([['block', 'transaction', 'log', 'address', 'event', ...names], ...rows]);
}
