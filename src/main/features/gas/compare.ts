import type {
  GasChange,
  GasComparison,
  GasCount,
  GasDifference,
  GasReport,
  GasRow,
} from './contract.ts';
import { keyText } from './tally.ts';

/** Two reports by contract and function. */
export function compareGas(before: GasReport, after: GasReport): GasComparison {
  const rows = new Map<string, { before: GasRow | null; after: GasRow | null }>();
  for (const row of before.rows) rows.set(keyText(row), { before: row, after: null });
  for (const row of after.rows) {
    const key = keyText(row);
    rows.set(key, { before: rows.get(key)?.before ?? null, after: row });
  }
  const { rows: _, ...first } = before;
  const { rows: __, ...second } = after;
  return {
    ...{ before: first, after: second, difference: differenceOf(first.gasUsed, second.gasUsed) },
    rows: [...rows.values()].map(changeOf).sort((a, b) => weightOf(b) - weightOf(a)),
  };
}

function changeOf({ before, after }: { before: GasRow | null; after: GasRow | null }): GasChange {
  const { kind, contract, project, address, through, function: name } = (after ?? before) as GasRow;
  const [had, has] = [before?.gas?.mean, after?.gas?.mean];
  const isSame = had === has && before?.codeSize === after?.codeSize;
  return {
    ...{ kind, contract, project, address, through, function: name },
    change: !before ? 'added' : !after ? 'removed' : isSame ? 'same' : 'changed',
    before: before && countOf(before),
    after: after && countOf(after),
    difference: had === undefined || has === undefined ? null : differenceOf(had, has),
  };
}

const countOf = ({ calls, failed, gas, own, codeSize }: GasRow): GasCount => ({
  ...{ calls, failed, gas, own, codeSize },
});

/** In percent with one digit. */
const differenceOf = (before: number, after: number): GasDifference => ({
  gas: after - before,
  percent: before === 0 ? null : Math.round(((after - before) / before) * 1000) / 10,
});

/** What is new or gone counts with all of its gas. */
const weightOf = ({ change, before, after, difference }: GasChange): number =>
  change === 'same' ? -1 : Math.abs(difference?.gas ?? (after ?? before)?.gas?.mean ?? 0);
