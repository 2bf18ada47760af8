import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RanFunctions } from '#main/features/explorer/contract/source.ts';
import type { CallNode } from '#main/shared/decoded.ts';
import { messageOf } from '#main/shared/errors.ts';
import { api } from '../../core/client.ts';
import type { AddressNames } from '../../core/inside/value-text.ts';
import { cx } from '../../ui/cx.ts';
import { count } from '../../ui/format.ts';
import { SourcePane } from './source/source-pane.tsx';
import { useSteps } from './source/use-steps.ts';
import { isCall, isFunction, type TraceItem } from './trace/trace-items.ts';
import { TraceSection } from './trace/trace-section.tsx';
import { useTrace } from './trace/use-trace.ts';

interface CallsAndSourceProps {
  network: string;
  hash: string;
  root: CallNode;
  names: AddressNames;
}

/** Of a loop there may be very many. */
const MOST_FUNCTIONS = 5000;

const views = ['trace', 'source'] as const;

/**
 * The calls of a transaction beside its source, as one selection: choosing a call moves the source,
 * and going through the source chooses the call that runs. Where there is little room one of them
 * is shown.
 */
export function CallsAndSource({ network, hash, root, names }: CallsAndSourceProps) {
  const steps = useSteps(network, hash);
  const [withFunctions, setWithFunctions] = useState(false);
  const functions = useQuery(
    api.explorer.functions.queryOptions({
      input: { network, hash, limit: MOST_FUNCTIONS },
      enabled: withFunctions,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const choose = (item: TraceItem) => {
    if (item.id === failed && root.failing) steps.toError();
    else if (isFunction(item)) steps.toStep(item.ran.step);
    else steps.toCall(lineOf.indexOf(isCall(item) ? item.id : (item.parent ?? 0)));
  };
  const shownFunctions = withFunctions ? functions.data?.functions : undefined;
  const trace = useTrace(root, names, choose, shownFunctions);
  const [view, setView] = useState<(typeof views)[number]>('trace');
  const { items, failed, show } = trace;
  /** Of each call its line in the trace, in the order in which they ran. */
  const lineOf = useMemo(() => items.filter(isCall).map(({ id }) => id), [items]);

  const { step, stepped } = steps;
  const running = stepped && step ? lineOf[step.call] : undefined;
  const latest = useRef(show);
  latest.current = show;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step shows its call, also the same
  useEffect(() => {
    if (running !== undefined) latest.current(running);
  }, [running, step?.index]);

  return (
    <div className="@container shrink-0">
      <fieldset aria-label="What is shown" className="mb-2 flex gap-1 @min-[52rem]:hidden">
        {views.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={view === one}
            onClick={() => setView(one)}
            className={cx(
              'h-[26px] rounded-md px-2.5 text-xs capitalize hover:bg-hover',
              view === one ? 'bg-raised font-medium text-ink' : 'text-ink-dim',
            )}
          >
            {one}
          </button>
        ))}
      </fieldset>
      <div className="grid items-start gap-3 @min-[52rem]:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <div className={cx('min-w-0', view === 'source' && 'hidden @min-[52rem]:block')}>
          <TraceSection
            network={network}
            root={root}
            names={names}
            trace={trace}
            functions={{
              isShown: withFunctions,
              show: setWithFunctions,
              problem: withFunctions ? problemOf(functions) : null,
            }}
          />
        </div>
        <div className={cx('min-w-0', view === 'trace' && 'hidden @min-[52rem]:block')}>
          <SourcePane
            network={network}
            hash={hash}
            steps={steps}
            failed={root.failing}
            names={names}
          />
        </div>
      </div>
    </div>
  );
}

function problemOf({ data, error }: Pick<UseQueryResult<RanFunctions>, 'data' | 'error'>) {
  if (error) return messageOf(error);
  if (!data) return null;
  const isCut = data.count > data.functions.length;
  return isCut
    ? `Only the first ${count(data.functions.length)} of ${count(data.count)} functions are shown.`
    : data.problem;
}
