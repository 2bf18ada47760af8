import { stripVTControlCharacters } from 'node:util';
import type { PhaseName } from '../../features/deployments/contract.ts';

const BEGINNINGS: [RegExp, PhaseName][] = [
  [/^(No files changed, compilation skipped|Compiler run successful)/, 'simulate'],
  // A script that fails at once, or one whose compiler output was silenced.
  [/^(Script ran successfully|Traces:)/, 'simulate'],
  // The last line before the first transaction is sent.
  [/^(Estimated amount required|ONCHAIN EXECUTION COMPLETE)/, 'broadcast'],
];

/** Reads forge's lines one after the other; answers each phase once, and never goes back. */
export function phaseReader(): (line: string) => PhaseName | undefined {
  const order: PhaseName[] = ['compile', 'simulate', 'broadcast'];
  let current = 0;
  return (line) => {
    const text = stripVTControlCharacters(line).trim();
    const phase = BEGINNINGS.find(([beginning]) => beginning.test(text))?.[1];
    if (phase === undefined || order.indexOf(phase) <= current) return undefined;
    current = order.indexOf(phase);
    return phase;
  };
}
