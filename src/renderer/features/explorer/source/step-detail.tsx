import { useQuery } from '@tanstack/react-query';
import { isAddressShaped } from '#main/shared/hex.ts';
import { api } from '../../../core/client.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { Copyable } from '../../../ui/copyable.tsx';

interface StepDetailProps {
  network: string;
  hash: string;
  step: number;
  names: AddressNames;
}

/** The arguments of the function that runs at a step, and what called it. */
export function StepDetail({ network, hash, step, names }: StepDetailProps) {
  const { data } = useQuery(
    api.explorer.step.queryOptions({
      input: { network, hash, step },
      placeholderData: (before) => before,
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    }),
  );
  if (!data) return null;
  const nameOf = (value: string) =>
    isAddressShaped(value) ? names.get(value.toLowerCase()) : null;
  return (
    <div className="flex flex-col gap-2 border-t border-line px-3 py-2 text-xs">
      {(data.arguments.length > 0 || data.problem) && (
        <section aria-label="Arguments of the function" className="flex flex-col gap-1">
          <h3 className="text-2xs text-ink-dim">Arguments</h3>
          {data.problem && <p className="text-ink-soft">{data.problem}</p>}
          <dl className="grid grid-cols-[auto_auto_minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 font-mono">
            {data.arguments.map(({ name, type, value }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its position
              <div key={i} className="contents">
                <dt className="text-ink">{name}</dt>
                <dd className="text-ink-dim">{type}</dd>
                <dd className="min-w-0 truncate text-ink-soft">
                  {value === null ? (
                    <span className="font-sans text-ink-dim">not on the stack</span>
                  ) : (
                    <Copyable value={value} what={name}>
                      {value === '' ? '""' : value}
                    </Copyable>
                  )}
                </dd>
                <dd className="font-sans text-ink-soft">{value && nameOf(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {data.stack.length > 1 && (
        <section aria-label="Call stack" className="flex flex-col gap-1">
          <h3 className="text-2xs text-ink-dim">Called by</h3>
          <ol className="max-h-32 overflow-y-auto font-mono text-ink-soft">
            {data.stack.slice(1).map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a function is its position
              <li key={i} className="truncate">
                {one.contract === null ? '' : `${one.contract}.`}
                {one.function}
                {one.file !== null && (
                  <span className="pl-3 text-ink-dim">
                    {one.file}:{one.line}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
