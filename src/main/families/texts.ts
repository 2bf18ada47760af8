import type { Result, Summary } from '../shared/result.ts';
import { contractsOf } from '../shared/result-parts.ts';
import type { ResultCheck, ResultDiff } from './contract.ts';
import {
  contractsCheckText,
  contractsDiffText,
  contractsFacts,
  contractsText,
} from './contracts/text.ts';
import { servicesCheckText, servicesDiffText, servicesText } from './services/text.ts';

// What a terminal says of results; null, or empty, where there is nothing to show.

export function resultText(result: Result | null, target: string): string {
  switch (result?.family) {
    case 'contracts':
      return contractsText(result, target);
    case 'services':
      return servicesText(result);
    default:
      return '';
  }
}

/** Lines about a run beyond what any run has. */
export function summaryFacts(summary: Summary | null): [string, string | null][] {
  const chain = contractsOf(summary);
  return chain ? contractsFacts(chain) : [];
}

/** What its target is called besides its name: the id of its chain. */
export const targetAlso = (summary: Summary | null): number | null =>
  contractsOf(summary)?.chainId ?? null;

export const resultDiffText = (diff: ResultDiff): (string | null)[] => [
  ...contractsDiffText(diff),
  ...servicesDiffText(diff),
];

export const resultCheckText = (check: ResultCheck): (string | null)[] => [
  contractsCheckText(check),
  servicesCheckText(check),
];
