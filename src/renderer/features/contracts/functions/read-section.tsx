import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import type { ContractDetail } from '#main/features/contracts/contract.ts';
import { api } from '../../../core/client.ts';
import { useFollowHead } from '../../../core/inside/follow-head.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { count } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { type ContractFunction, isReading } from './contract-function.ts';
import { Outcome } from './outcome.tsx';
import { followReads, useReadsFollow } from './reads-follow.ts';

interface ReadSectionProps {
  detail: ContractDetail;
  names: AddressNames;
}

/** What the functions that read return: those without arguments at once, the others when asked. */
export function ReadSection({ detail, names }: ReadSectionProps) {
  const { network, address } = detail;
  const follows = useReadsFollow();
  const reading = detail.functions.filter(isReading);
  const plain = reading.filter(({ inputs }) => inputs.length === 0);
  const { data, error, isFetching, refetch } = useQuery(
    api.contracts.readAll.queryOptions({
      input: { network, contract: address },
      ...{ staleTime: 0, enabled: plain.length > 0 },
    }),
  );
  useFollowHead(network, () => (follows ? refetch({ cancelRefetch: false }) : undefined));
  const values = new Map((data?.functions ?? []).map((one) => [one.function, one]));
  return (
    <section aria-label="Read" className="rounded-lg border border-line bg-panel">
      <header className="flex min-h-9 items-center gap-2.5 border-b border-line px-3">
        <h2 className="text-sm font-semibold">Read</h2>
        <span className="min-w-0 flex-1 truncate text-xs text-ink-dim nums">
          {data && `at block ${count(data.blockNumber)}`}
        </span>
        <Switch label="again with each block" checked={follows} onChange={followReads} />
        <IconButton
          label="Read again"
          icon={<RotateCw size={14} />}
          busy={isFetching && !data}
          onClick={() => void refetch()}
        />
      </header>
      {error && !data ? (
        <div className="p-3">
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        </div>
      ) : reading.length === 0 ? (
        <p className="px-3 py-4 text-sm text-ink-dim">It has no function that reads.</p>
      ) : (
        <dl aria-label="Values" className="grid gap-x-6 px-3 py-1.5 @2xl:grid-cols-2">
          {plain.map((one) => (
            <PlainValue key={one.signature} one={one}>
              <Outcome network={network} outcome={values.get(one.signature)} names={names} />
            </PlainValue>
          ))}
        </dl>
      )}
    </section>
  );
}

function PlainValue({ one, children }: { one: ContractFunction; children: React.ReactNode }) {
  return (
    <div className="flex min-h-7 min-w-0 items-baseline gap-3 py-1">
      <dt title={one.signature} className="shrink-0 font-mono text-xs">
        {one.name}
      </dt>
      <dd className="flex min-w-0 flex-1 justify-end">{children}</dd>
    </div>
  );
}
