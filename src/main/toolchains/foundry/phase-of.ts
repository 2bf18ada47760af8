import { stripVTControlCharacters } from 'node:util';
import type { PhaseName } from '../../features/deployments/contract.ts';
import type { PhaseChange } from '../toolchain.ts';

const BEGINNINGS: [RegExp, PhaseChange][] = [
  [/^No files changed, compilation skipped/, { begins: 'simulate', skipped: true }],
  [/^Compiler run successful/, { begins: 'simulate' }],
  // A script that fails at once, or one whose compiler output was silenced.
  [/^(Script ran successfully|Traces:)/, { begins: 'simulate' }],
  // The last line before the first transaction is sent.
  [/^(Estimated amount required|ONCHAIN EXECUTION COMPLETE)/, { begins: 'broadcast' }],
];

/** Reads forge's lines one after the other; answers each phase once, and never goes back. */
export function phaseReader(): (line: string) => PhaseChange | undefined {
  const order: PhaseName[] = ['compile', 'simulate', 'broadcast'];
  let current = 0;
  return (line) => {
    const text = stripVTControlCharacters(line).trim();
    const change = BEGINNINGS.find(([beginning]) => beginning.test(text))?.[1];
    if (change === undefined || order.indexOf(change.begins) <= current) return undefined;
    current = order.indexOf(change.begins);
    return change;
  };
}
