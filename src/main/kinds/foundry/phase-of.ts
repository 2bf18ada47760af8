import { stripVTControlCharacters } from 'node:util';
import type { PhaseChange } from './deploy-plan.ts';
import type { FoundryPhase } from './info.ts';

const BEGINNINGS: [RegExp, PhaseChange][] = [
  [/^No files changed, compilation skipped/, { begins: 'simulate', skipped: true }],
  [/^Compiler run successful/, { begins: 'simulate' }],
  // A script that fails immediately, or one whose compiler output was silenced.
  [/^(Script ran successfully|Traces:)/, { begins: 'simulate' }],
  // The last line before the first transaction is sent.
  [/^(Estimated amount required|ONCHAIN EXECUTION COMPLETE)/, { begins: 'broadcast' }],
];

const RECORD: PhaseChange = { begins: 'record' };

/** Reads forge's lines one after the other; returns each phase once, and never goes back. */
export function phaseReader(): (line: string) => PhaseChange | undefined {
  const order: FoundryPhase[] = ['compile', 'simulate', 'broadcast', 'record'];
  let current = 0;
  let complete = false;
  return (line) => {
    const text = stripVTControlCharacters(line).trim();
    complete ||= text.startsWith('ONCHAIN EXECUTION COMPLETE');
    // All receipts exist, and the file that records them; forge takes some ms more to end.
    const saved = complete && text.startsWith('Transactions saved to:');
    const change = saved ? RECORD : BEGINNINGS.find(([beginning]) => beginning.test(text))?.[1];
    if (change === undefined || order.indexOf(change.begins) <= current) return undefined;
    current = order.indexOf(change.begins);
    return change;
  };
}
