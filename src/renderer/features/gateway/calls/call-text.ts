import type { JournalCall } from '#main/features/gateway/contract.ts';
import { argumentText } from '#main/shared/decoded-text.ts';

/** What a call says on one line: by names where they are known, otherwise its parameters. */
export function callText({ called, params }: Pick<JournalCall, 'called' | 'params'>): string {
  if (!called) return params;
  const name = called.function.split('(')[0];
  const values = called.argumentsProblem ?? called.arguments.map(argumentText).join(', ');
  return `${called.contract ? `${called.contract}.` : ''}${name}(${values})`;
}

const clock = new Intl.DateTimeFormat(undefined, {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** The time of day to the millisecond. @param at Unix time, ms */
export const clockText = (at: number): string => clock.format(at);

/** How long a call took; most take less than a millisecond. */
export const tookText = (ms: number): string =>
  ms < 10 ? ms.toFixed(2) : ms < 1000 ? ms.toFixed(0) : Math.round(ms).toLocaleString();
