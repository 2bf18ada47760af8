import { useState } from 'react';
import type { StepDetail as Detail, StepFrame } from '#main/features/explorer/contract/source.ts';
import { isAddressShaped } from '#main/shared/hex.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { Copyable } from '../../../ui/copyable.tsx';

interface StepDetailProps {
  detail: Detail;
  names: AddressNames;
}

/** The values of the function that runs at a step, and what called it, each with its values. */
export function StepDetail({ detail, names }: StepDetailProps) {
  const [innermost, ...outer] = detail.stack;
  if (!innermost) return null;
  return (
    <div className="flex flex-col gap-2 border-t border-line px-3 py-2 text-xs">
      {(hasValues(innermost) || innermost.problem) && (
        <section aria-label="Arguments and locals" className="flex flex-col gap-1">
          <h3 className="flex justify-between gap-3 text-2xs text-ink-dim">
            <span>Arguments and locals</span>
            <span>before this line</span>
          </h3>
          <Values frame={innermost} names={names} />
        </section>
      )}
      {outer.length > 0 && (
        <section aria-label="Call stack" className="flex flex-col gap-1">
          <h3 className="text-2xs text-ink-dim">Called by</h3>
          <ol className="max-h-56 overflow-y-auto">
            {outer.map((frame, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a function is its position
              <Frame key={i} frame={frame} names={names} />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

const hasValues = (frame: StepFrame): boolean => frame.arguments.length + frame.locals.length > 0;

function Frame({ frame, names }: { frame: StepFrame; names: AddressNames }) {
  const [isOpen, setOpen] = useState(false);
  const { contract, function: name, file, line, problem } = frame;
  const text = (
    <>
      {contract === null ? '' : `${contract}.`}
      {name}
      {file !== null && (
        <span className="pl-3 text-ink-dim">
          {file}:{line}
        </span>
      )}
    </>
  );
  if (!hasValues(frame) && problem === null) {
    return <li className="truncate pl-3 font-mono text-ink-soft">{text}</li>;
  }
  return (
    <li>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer truncate font-mono text-ink-soft hover:text-ink">
          {text}
        </summary>
        {isOpen && (
          <div className="py-1 pl-3">
            <Values frame={frame} names={names} />
          </div>
        )}
      </details>
    </li>
  );
}

function Values({ frame, names }: { frame: StepFrame; names: AddressNames }) {
  const values = [...frame.arguments, ...frame.locals];
  const nameOf = (value: string) =>
    isAddressShaped(value) ? names.get(value.toLowerCase()) : null;
  return (
    <>
      {frame.problem && <p className="text-ink-soft">{frame.problem}</p>}
      <dl className="grid grid-cols-[auto_auto_minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 font-mono">
        {values.map(({ name, type, value }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a value is its position
          <div key={i} className="contents">
            <dt className="text-ink">{name}</dt>
            <dd className="text-ink-dim">{type}</dd>
            <dd className="min-w-0 truncate text-ink-soft">
              {value === null ? (
                <span className="font-sans text-ink-dim">not known</span>
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
    </>
  );
}
