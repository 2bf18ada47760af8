import type { JournalCall } from '#main/features/gateway/contract.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { type CallFilter, methodsOf } from './call-filter.ts';

export type Shown = 'calls' | 'slow' | 'errors';

const lists: { value: Shown; text: string }[] = [
  { value: 'calls', text: 'the newest' },
  { value: 'slow', text: 'the slowest' },
  { value: 'errors', text: 'those that failed' },
];

/** How many of the newest are read; the first is the default. */
export const amounts = ['200', '500', '1000'] as const;

const EVERY = 'all';
const choice = <T extends string>(value: T, text: string = value) => ({ value, text, label: text });

interface CallsFilterProps {
  /** Those of the list that is shown, unfiltered. */
  calls: readonly JournalCall[];
  shown: Shown;
  onShow(shown: Shown): void;
  filter: CallFilter;
  onFilter(filter: CallFilter): void;
  last: string;
  onLast(last: string): void;
}

/** Which of the calls are listed. */
export function CallsFilter(props: CallsFilterProps) {
  const { calls, shown, onShow, filter, onFilter, last, onLast } = props;
  const methods = methodsOf(calls);
  const isGone = filter.method !== null && !methods.includes(filter.method);
  const known = isGone ? [...methods, filter.method as string] : methods;
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search calls"
        placeholder="Method, parameter, page, error"
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
        className="min-w-56! flex-1"
      />
      <Select
        label="Calls shown"
        prefix="show"
        value={shown}
        options={lists.map(({ value, text }) => choice(value, text))}
        onChange={onShow}
      />
      <Select
        label="Filter by method"
        prefix="method"
        value={filter.method ?? EVERY}
        options={[EVERY, ...known].map((method) => choice(method))}
        onChange={(method) => onFilter({ ...filter, method: method === EVERY ? null : method })}
        className="max-w-64"
      />
      {shown === 'calls' && (
        <Select
          label="How many calls"
          prefix="last"
          value={last}
          options={amounts.map((amount) => choice(amount))}
          onChange={onLast}
        />
      )}
    </search>
  );
}
