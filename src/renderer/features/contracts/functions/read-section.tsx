import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { api } from '../../../core/client.ts';
import { useFollowHead } from '../../../core/inside/follow-head.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import type { FormContext } from '../../../families/contracts/abi/form-context.ts';
import { Button } from '../../../ui/button.tsx';
import { count } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { AskedValue } from './asked-value.tsx';
import { type ContractFunction, isReading } from './contract-function.ts';
import { Outcome } from './outcome.tsx';
import { followReads, useReadsFollow } from './reads-follow.ts';

interface ReadSectionProps {
  detail: ContractDetail;
  names: AddressNames;
  form: Omit<FormContext, 'onEnter'>;
}

/** What is shown of a contract that says a lot, until more is asked for. */
const shownAtFirst = 20;

/** What the functions that read return: those without arguments at once, the others when asked. */
export function ReadSection({ detail, names, form }: ReadSectionProps) {
  const { network, address } = detail;
  const follows = useReadsFollow();
  const reading = detail.functions.filter(isReading);
  const plain = reading.filter(({ inputs }) => inputs.length === 0);
  const asking = reading.filter(({ inputs }) => inputs.length > 0);
  const [all, setAll] = useState(false);
  const most = all ? reading.length : shownAtFirst;
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
        <div className="flex flex-col px-3 py-1.5">
          <dl aria-label="Values" className="grid gap-x-6 @2xl:grid-cols-2">
            {plain.slice(0, most).map((one) => (
              <PlainValue key={one.signature} one={one}>
                <Outcome network={network} outcome={values.get(one.signature)} names={names} />
              </PlainValue>
            ))}
          </dl>
          {asking.slice(0, most).map((one) => (
            <AskedValue key={one.signature} {...{ network, address, one, names, form }} />
          ))}
          {Math.max(plain.length, asking.length) > most && (
            <Button size="sm" variant="ghost" className="self-start" onClick={() => setAll(true)}>
              {count(Math.max(0, plain.length - most) + Math.max(0, asking.length - most))} more
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function PlainValue({ one, children }: { one: ContractFunction; children: ReactNode }) {
  return (
    <div className="flex min-h-7 min-w-0 items-baseline gap-3 py-1">
      <dt title={one.signature} className="shrink-0 font-mono text-xs">
        {one.name}
      </dt>
      <dd className="flex min-w-0 flex-1 justify-end">{children}</dd>
    </div>
  );
}
