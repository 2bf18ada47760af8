import type { Summary } from '../shared/result.ts';
import { contractsOf } from '../shared/result-parts.ts';

/** What a table of runs says of their results, by column; null where a family has no such thing. */
export const resultColumns = {
  chain_id: (summary: Summary | null) => contractsOf(summary)?.chainId ?? null,
  contracts: (summary: Summary | null) => contractsOf(summary)?.contractCount ?? null,
  gas_used: (summary: Summary | null) => contractsOf(summary)?.gasUsed ?? null,
};
