import type { JournalCall } from '#main/features/gateway/contract.ts';
import { callText } from './call-text.ts';

export interface CallFilter {
  /** Found in any part of a call, whatever its case. */
  text: string;
  /** null: all */
  method: string | null;
}

export function filtered(calls: readonly JournalCall[], filter: CallFilter): JournalCall[] {
  const text = filter.text.trim().toLowerCase();
  return calls.filter(
    (call) =>
      (filter.method === null || call.method === filter.method) &&
      (text === '' || partsOf(call).some((part) => part.toLowerCase().includes(text))),
  );
}

const partsOf = (call: JournalCall): string[] => [
  ...[call.method, call.params, callText(call)],
  ...[call.origin ?? 'a program', call.error ?? ''],
];

/** The methods of calls, by name. */
export const methodsOf = (calls: readonly JournalCall[]): string[] =>
  [...new Set(calls.map(({ method }) => method))].sort();
