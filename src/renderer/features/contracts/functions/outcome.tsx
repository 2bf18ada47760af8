import type { DecodedError, DecodedValue } from '#main/shared/decoded.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { cx } from '../../../ui/cx.ts';
import { ResultValue } from './result-value.tsx';

interface OutcomeProps {
  network: string;
  /** undefined: it is being read. */
  outcome: { values: readonly DecodedValue[]; error: DecodedError | null } | undefined;
  names: AddressNames;
  /** It is of before, and another one is being read. */
  isStale?: boolean;
}

/** What a call has returned, or why it failed. */
export function Outcome({ network, outcome, names, isStale = false }: OutcomeProps) {
  if (!outcome) return <span className="text-xs text-ink-dim">…</span>;
  if (outcome.error) {
    return (
      <span title={outcome.error.text} className="min-w-0 truncate font-mono text-xs text-bad">
        {outcome.error.text}
      </span>
    );
  }
  if (outcome.values.length === 0) return <span className="text-xs text-ink-dim">nothing</span>;
  return (
    <div className={cx('flex min-w-0 flex-col items-end gap-1', isStale && 'opacity-60')}>
      {outcome.values.map((value, i) => (
        <ResultValue
          // biome-ignore lint/suspicious/noArrayIndexKey: a result is its position
          key={i}
          network={network}
          value={value}
          names={names}
          withName={outcome.values.length > 1}
        />
      ))}
    </div>
  );
}
