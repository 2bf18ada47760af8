import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, CircleX, SkipBack } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { StepDetail as Detail } from '#main/features/explorer/contract/source.ts';
import { messageOf } from '#main/shared/errors.ts';
import { api } from '../../../core/client.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { OpenSource } from '../../../core/open-in/open-source.tsx';
import { cx } from '../../../ui/cx.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { count } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { SourceLines } from './source-lines.tsx';
import { StepDetail } from './step-detail.tsx';
import { useStepDetail } from './use-step-detail.ts';
import { useStepKeys } from './use-step-keys.ts';
import type { Steps } from './use-steps.ts';

interface SourcePaneProps {
  network: string;
  hash: string;
  steps: Steps;
  /** Whether the transaction failed. */
  failed: boolean;
  names: AddressNames;
}

/** The source of a transaction at one of its steps, and the ways from there. */
export function SourcePane({ network, hash, steps, failed, names }: SourcePaneProps) {
  const { data, error, step, file } = steps;
  useStepKeys(steps);
  useKey(keys.toError, steps.toError, { enabled: failed });
  const source = useQuery(
    api.explorer.source.queryOptions({
      input: { network, hash, file: file ?? '' },
      enabled: file !== null,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const gas = useMemo(
    () => new Map(source.data?.gas.map((one) => [one.line, one.gas])),
    [source.data],
  );
  const detail = useStepDetail(network, hash, step?.index ?? null);
  const problem = error ? messageOf(error) : (data?.problem ?? null);
  return (
    <section
      aria-label="Source"
      className="min-w-0 overflow-hidden rounded-lg border border-line bg-panel"
    >
      <header className="flex min-h-[39px] items-center gap-3 border-b border-line px-3 py-1.5">
        <h2 className="min-w-0 truncate font-mono text-xs font-semibold" title={file ?? undefined}>
          {file ?? 'Source'}
        </h2>
        {step && (
          <span className="min-w-0 truncate font-mono text-xs text-ink-soft">
            {step.contract === null ? '' : `${step.contract}.`}
            {step.function}
          </span>
        )}
        <span className="flex-1" />
        {source.data?.projects[0] !== undefined && step && (
          <OpenSource
            project={source.data.projects[0]}
            file={source.data.path}
            line={step.line}
            column={step.column}
          />
        )}
        {step && data && (
          <span role="status" className="shrink-0 text-xs text-ink-dim nums">
            step {count(step.index + 1)} of {count(data.count)}
          </span>
        )}
      </header>
      {step && (
        <div
          role="toolbar"
          aria-label="Steps"
          className="@container flex flex-wrap items-center gap-x-0.5 border-b border-line px-1.5 py-1"
        >
          <Way name="Start" icon={<SkipBack size={13} />} go={step.index > 0 && steps.start} />
          <Way
            name="Back"
            keys="←"
            icon={<ArrowLeft size={13} />}
            go={step.back !== null && steps.back}
          />
          <Way
            name="Next"
            keys="→"
            icon={<ArrowRight size={13} />}
            go={step.next !== null && steps.next}
          />
          <Way
            name="Into"
            keys="↓"
            icon={<ArrowDown size={13} />}
            go={step.into !== null && steps.into}
          />
          <Way
            name="Out"
            keys="↑"
            icon={<ArrowUp size={13} />}
            go={step.out !== null && steps.out}
          />
          {failed && (
            <Way
              name="Error"
              keys="X"
              icon={<CircleX size={13} />}
              go={!steps.isFailed && data?.failed !== null && steps.toError}
            />
          )}
        </div>
      )}
      {problem !== null && (
        <div className="p-3">
          <ErrorNotice tone="warn" message={problem} />
        </div>
      )}
      {step && source.data ? (
        <SourceLines
          path={source.data.path}
          text={source.data.text}
          line={step.line}
          endLine={step.endLine}
          isFailed={steps.isFailed}
          gas={gas}
          beside={detail?.index === step.index ? besideLines(detail, file) : undefined}
        />
      ) : (
        problem === null && (
          <div className="p-3">
            <Skeleton rows={6} />
          </div>
        )
      )}
      {step && detail && (
        <div className={cx(detail.index !== step.index && 'opacity-45')}>
          <StepDetail detail={detail} names={names} />
        </div>
      )}
    </section>
  );
}

/** What the locals of the function that runs are, by the lines that declare them. */
function besideLines({ stack: [innermost] }: Detail, file: string | null): Map<number, string> {
  const told = innermost?.file === file ? (innermost?.locals ?? []) : [];
  const known = told.filter(({ value, line }) => value !== null && line !== null);
  const byLine = Map.groupBy(known, ({ line }) => line ?? 0);
  return new Map(
    [...byLine].map(([line, values]) => [
      line,
      // The line itself says the name of its only one.
      values.length === 1
        ? `= ${values[0]?.value}`
        : values.map(({ name, value }) => `${name} = ${value}`).join(', '),
    ]),
  );
}

interface WayProps {
  name: string;
  keys?: string;
  icon: ReactNode;
  /** false: it leads nowhere from here. */
  go: (() => void) | false;
}

const keyNames: Record<string, string> = {
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↓': 'ArrowDown',
  '↑': 'ArrowUp',
};

/** Stays in its place when it leads nowhere. */
function Way({ name, keys, icon, go }: WayProps) {
  return (
    <button
      type="button"
      disabled={!go}
      aria-keyshortcuts={keys && (keyNames[keys] ?? keys)}
      onClick={go || undefined}
      className="inline-flex h-[26px] items-center gap-1.5 rounded-md px-1.5 text-xs text-ink-soft hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-45"
    >
      {icon}
      {name}
      {keys && (
        <span className="hidden @lg:inline-flex">
          <Kbd quiet>{keys}</Kbd>
        </span>
      )}
    </button>
  );
}
