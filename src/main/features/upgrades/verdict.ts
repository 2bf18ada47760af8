import type { Finding, UpgradeReport } from './contract.ts';

const levels: Finding['level'][] = ['error', 'warning', 'note'];

export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));

/** @param isWhole all storage could be compared */
export function verdictOf(
  findings: readonly Finding[],
  isWhole: boolean,
): UpgradeReport['verdict'] {
  if (findings.some(({ level }) => level === 'error')) return 'unsafe';
  return isWhole ? 'safe' : 'unproven';
}
