import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { api } from '../../core/client.ts';
import { Crumbs } from '../../core/inside/crumbs.tsx';
import { NetworkSelect } from '../../core/inside/network-select.tsx';
import { networkGasPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { inputLook } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { GasTotal } from './gas-summary.tsx';
import { GasView } from './gas-view.tsx';

/** A block's number in the address or in a field; undefined: none. */
const blockIn = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;

/** The gas of all calls on a network, or of those in a range of blocks. */
export function NetworkGasPage({ network }: { network: string }) {
  const [asked, setAsked] = useSearchParams();
  const fromBlock = blockIn(asked.get('from'));
  const toBlock = blockIn(asked.get('to'));
  const { data, error, refetch, isFetching } = useQuery(
    api.gas.report.queryOptions({ input: { network, fromBlock, toBlock }, staleTime: 0 }),
  );
  return (
    <Page
      title="Gas"
      about={
        <>
          <Crumbs network={network} />
          {data && <GasTotal of={data} />}
        </>
      }
      actions={
        <>
          <BlockRange
            key={asked.toString()}
            from={fromBlock}
            to={toBlock}
            onChange={(range) => setAsked(range, { replace: true })}
          />
          <NetworkSelect network={network} path={networkGasPath} />
          <IconButton
            label="Count again"
            icon={<RotateCw size={15} />}
            busy={isFetching}
            onClick={() => void refetch()}
          />
        </>
      }
    >
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={8} />
      ) : (
        <GasView report={data} />
      )}
    </Page>
  );
}

interface BlockRangeProps {
  from: number | undefined;
  to: number | undefined;
  onChange(range: Record<string, string>): void;
}

function BlockRange({ from, to, onChange }: BlockRangeProps) {
  const [first, setFirst] = useState(from === undefined ? '' : String(from));
  const [last, setLast] = useState(to === undefined ? '' : String(to));
  const entered = Object.entries({ from: blockIn(first), to: blockIn(last) });
  const known = entered.filter(([, block]) => block !== undefined);
  return (
    <form
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(Object.fromEntries(known.map(([name, block]) => [name, String(block)])));
      }}
    >
      {(
        [
          ['From block', first, setFirst],
          ['To block', last, setLast],
        ] as const
      ).map(([label, value, set]) => (
        <input
          key={label}
          aria-label={label}
          placeholder={label}
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={(event) => set(event.target.value)}
          className={`${inputLook} max-w-24 nums`}
        />
      ))}
      <Button type="submit">Count</Button>
    </form>
  );
}
