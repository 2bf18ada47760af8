import { useEffect, useMemo, useRef, useState } from 'react';
import type { CallNode } from '#main/shared/decoded.ts';
import type { AddressNames } from '../../core/inside/value-text.ts';
import { cx } from '../../ui/cx.ts';
import { SourcePane } from './source/source-pane.tsx';
import { useSteps } from './source/use-steps.ts';
import { isCall } from './trace/trace-items.ts';
import { TraceSection } from './trace/trace-section.tsx';
import { useTrace } from './trace/use-trace.ts';

interface CallsAndSourceProps {
  network: string;
  hash: string;
  root: CallNode;
  names: AddressNames;
}

const views = ['trace', 'source'] as const;

/**
 * The calls of a transaction beside its source, as one selection: choosing a call moves the source,
 * and going through the source chooses the call that runs. Where there is little room one of them
 * is shown.
 */
export function CallsAndSource({ network, hash, root, names }: CallsAndSourceProps) {
  const steps = useSteps(network, hash);
  const trace = useTrace(root, names, (item) => {
    if (item.id === failed && root.failing) steps.toError();
    else steps.toCall(lineOf.indexOf(isCall(item) ? item.id : (item.parent ?? 0)));
  });
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
          <TraceSection network={network} root={root} names={names} trace={trace} />
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
