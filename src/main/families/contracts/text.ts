import { table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { section } from '../../lib/cli/section.ts';
import { ownLabel } from '../../shared/contract-label.ts';
import { sourceWords } from '../../shared/contracts-source.ts';
import type { Contract, ContractsResult, ContractsSummary } from '../../shared/result.ts';
import { sentWords } from '../../shared/result-parts.ts';
import type { ContractsCheck, ContractsDiff } from './contract.ts';

/** What a run has made, as a table; empty when that is nothing. */
export function contractsText(result: ContractsResult, target: string): string {
  const lacking = sourceWords(result.source);
  return [tableOf(result, target), lacking && colors.dim(lacking)].filter(Boolean).join('\n');
}

function tableOf({ contracts, chainId }: ContractsResult, target: string): string {
  if (contracts.length === 0) return '';
  const areElsewhere = contracts.some((c) => c.elsewhere !== null);
  /** `777 (second)`; that of the run is named by its network. */
  const chainWords = (c: Contract) => `${c.chainId ?? chainId} (${c.elsewhere ?? target})`;
  const areLabelled = contracts.some((c) => ownLabel(c) !== null);
  const label = areLabelled ? ['LABEL'] : [];
  return table(
    ['CONTRACT', ...label, 'ADDRESS', 'TRANSACTION', 'BLOCK', ...(areElsewhere ? ['CHAIN'] : [])],
    contracts.map((c) => [
      ...[c.name ?? '(unknown)', ...(areLabelled ? [ownLabel(c)] : [])],
      ...[c.address, c.transactionHash, c.blockNumber],
      ...(areElsewhere ? [chainWords(c)] : []),
    ]),
  );
}

export const contractsFacts = (summary: ContractsSummary): [string, string | null][] => [
  ['from', summary.sender],
  ['gas', summary.gasUsed],
  ['sent', sentWords(summary.transactionCounts)],
];

/** A comparison in a terminal; null where a part has nothing to show. */
export function contractsDiffText({ contracts, calls }: ContractsDiff): (string | null)[] {
  return [
    section(
      'Contracts',
      ['CONTRACT', 'CHANGES', 'A', 'B', 'GAS'],
      contracts.map((contract) => [
        contract.name,
        contract.changes.join(', ') || colors.dim('same'),
        contract.a?.address ?? null,
        contract.b?.address ?? null,
        gas(contract.a?.gasUsed, contract.b?.gasUsed),
      ]),
    ),
    missingCode(contracts),
    section(
      'Constructor arguments',
      ['CONTRACT', 'A', 'B'],
      contracts
        .filter((contract) => contract.changes.includes('arguments'))
        .map((c) => [c.name, values(c.a?.arguments), values(c.b?.arguments)]),
    ),
    section(
      'Calls',
      ['CALL', 'A', 'B'],
      calls.filter((call) => call.changed).map((call) => [call.name, call.a, call.b]),
    ),
  ];
}

export function contractsCheckText({ contracts }: ContractsCheck): string | null {
  if (contracts.length === 0) return null;
  return table(
    ['CONTRACT', 'ADDRESS', 'THERE', 'SAME CODE'],
    contracts.map((c) => [c.name ?? '(unknown)', c.address, word(c.present), word(c.sameCode)]),
  );
}

function missingCode(contracts: ContractsDiff['contracts']): string | null {
  const lines = contracts.flatMap((contract) =>
    (['a', 'b'] as const).flatMap((side) => {
      const one = contract[side];
      return one && !one.code
        ? [`${contract.name} in ${side.toUpperCase()}: code ${one.codeFrom}`]
        : [];
    }),
  );
  return lines.length === 0 ? null : colors.dim(lines.join('\n'));
}

function gas(a: string | null | undefined, b: string | null | undefined): string | null {
  if (!a || !b) return a ?? b ?? null;
  const difference = BigInt(b) - BigInt(a);
  if (difference === 0n) return b;
  return `${b} (${difference > 0n ? '+' : ''}${difference})`;
}

const values = (all: readonly string[] | null | undefined) => (all ? `(${all.join(', ')})` : null);

const word = (value: boolean | null) => (value === null ? 'not known' : value ? 'yes' : 'no');
