import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import {
  type GasChange,
  type GasComparison,
  type GasDifference,
  namesOfSeveral,
} from '#main/features/gas/contract.ts';
import { api } from '../../core/client.ts';
import { deploymentGasPath, gasDiffPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { SortColumn } from '../../ui/sort-heading.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Td } from '../../ui/table.tsx';
import { GasContract, GasFunction, nameText } from './gas-name.tsx';
import { GasProblems } from './gas-summary.tsx';
import { SortedTable } from './sorted-table.tsx';

type Id = 'name' | 'function' | 'before' | 'after' | 'difference' | 'percent' | 'code';

const wide = 'hidden @4xl:table-cell';

const columns: readonly SortColumn<Id>[] = [
  { id: 'name', title: 'Contract' },
  { id: 'function', title: 'Function' },
  { id: 'before', title: 'Mean before', end: true },
  { id: 'after', title: 'Mean after', end: true },
  { id: 'difference', title: 'Difference', end: true },
  { id: 'percent', title: '%', end: true },
  { id: 'code', title: 'Code', end: true, className: wide, about: 'Of what was created, bytes' },
];

const meanOf = (side: GasChange['before']): number | null => side?.gas?.mean ?? null;

function valueIn(row: GasChange, id: Id): number | string | null {
  if (id === 'name') return nameText(row);
  if (id === 'function') return row.function;
  if (id === 'before') return meanOf(row.before);
  if (id === 'after') return meanOf(row.after);
  if (id === 'code') return (row.after?.codeSize ?? 0) - (row.before?.codeSize ?? 0);
  if (id === 'percent') return row.difference?.percent ?? null;
  return Math.abs(row.difference?.gas ?? meanOf(row.after ?? row.before) ?? 0);
}

/** The gas of two deployments side by side. */
export function GasDiffPage({ before, after }: { before: number; after: number }) {
  const [, navigate] = useLocation();
  const { data, error, refetch } = useQuery(
    api.gas.compare.queryOptions({ input: { before: String(before), after: String(after) } }),
  );
  return (
    <Page
      title="Gas compared"
      about={
        data && (
          <>
            <Side of={data.before} />
            <span>with</span>
            <Side of={data.after} />
            <Difference of={data.difference} />
          </>
        )
      }
      actions={
        <Button
          icon={<ArrowLeftRight aria-hidden="true" size={14} />}
          onClick={() => navigate(gasDiffPath(after, before), { replace: true })}
        >
          Swap
        </Button>
      }
    >
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={8} />
      ) : (
        <Changes of={data} />
      )}
    </Page>
  );
}

const Side = ({ of: { deployment, commit, gasUsed } }: { of: GasComparison['before'] }) =>
  deployment && (
    <span className="inline-flex items-center gap-1.5">
      <Link href={deploymentGasPath(deployment.id)} className="text-accent hover:underline">
        {deployment.project.name} #{deployment.number}
      </Link>
      {commit && <span className="font-mono text-xs">{commit.slice(0, 7)}</span>}
      <span className="nums">{count(gasUsed)}</span>
    </span>
  );

function Changes({ of: { before, after, rows } }: { of: GasComparison }) {
  const [withSame, setWithSame] = useState(false);
  const changed = rows.filter(({ change }) => change !== 'same');
  const several = useMemo(() => namesOfSeveral(rows), [rows]);
  const shown = withSame ? rows : changed;
  return (
    <div className="flex flex-col gap-3">
      <GasProblems of={before} />
      <GasProblems of={{ ...after, stopped: after.stopped && after.network !== before.network }} />
      <Switch label="Show what is the same, too" checked={withSame} onChange={setWithSame} />
      {shown.length === 0 ? (
        <p role="status" className="text-sm text-ok">
          Every function took as much as before.
        </p>
      ) : (
        <SortedTable
          label="Gas compared"
          columns={columns}
          rows={shown}
          first="difference"
          valueIn={valueIn}
          keyOf={(row) => `${row.kind} ${nameText(row)} ${row.through}`}
        >
          {(row, index) => (
            <Row row={row} index={index} network={after.network} several={several} />
          )}
        </SortedTable>
      )}
    </div>
  );
}

function Row({
  row,
  index,
  network,
  several,
}: {
  row: GasChange;
  index: number;
  network: string;
  several: ReadonlySet<string>;
}) {
  const { change, before, after, difference } = row;
  return (
    <tr {...rowAt(index)} className="group hover:bg-hover">
      <Td className="max-w-56 truncate">
        <GasContract of={row} network={network} several={several} />
      </Td>
      <Td mono className="w-full max-w-0 truncate">
        <GasFunction of={row} />
      </Td>
      <Td end>{count(meanOf(before))}</Td>
      <Td end>{count(meanOf(after))}</Td>
      <Td end>
        {change === 'added' ? (
          <span className="text-warn">new</span>
        ) : change === 'removed' ? (
          <span className="text-warn">gone</span>
        ) : (
          difference && <Signed value={difference.gas} />
        )}
      </Td>
      <Td end>
        {difference?.percent !== null && difference && <Signed value={difference.percent ?? 0} />}
      </Td>
      <Td end className={wide}>
        {codeText(before?.codeSize ?? null, after?.codeSize ?? null)}
      </Td>
    </tr>
  );
}

const codeText = (before: number | null, after: number | null): string =>
  before === null && after === null
    ? ''
    : before === after
      ? count(after)
      : `${count(before)} → ${count(after)}`;

/** More than before is worse. */
const Signed = ({ value }: { value: number }) => (
  <span className={value > 0 ? 'text-bad' : value < 0 ? 'text-ok' : 'text-ink-dim'}>
    {value > 0 ? '+' : ''}
    {value.toLocaleString()}
  </span>
);

const Difference = ({ of: { gas, percent } }: { of: GasDifference }) => (
  <span className="nums">
    <Signed value={gas} /> gas{percent !== null && ` (${percent.toLocaleString()} %)`}
  </span>
);
