import { CircleX } from 'lucide-react';
import type { DecodedError } from '#main/shared/decoded.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { type AddressNames, valuesText, valueText } from './value-text.ts';

/** An error that the language itself has: its reason says all. */
const isPlain = ({ name }: DecodedError): boolean =>
  name === null || name === 'Error' || name === 'Panic';

/** A sentence beyond the name and the arguments, if there is one. */
function sentence(error: DecodedError, names: AddressNames): string | null {
  const asWritten = `${error.name}(${valuesText(error.arguments, names)})`;
  const plain = error.text.replaceAll(/\s/g, '');
  const isSame = plain.startsWith(`${error.name}(`) || plain === asWritten.replaceAll(/\s/g, '');
  return isSame ? null : error.text;
}

/** Why a transaction was reverted: the error, its arguments, and what it was caused by. */
export function ErrorCard({ error, names }: { error: DecodedError; names: AddressNames }) {
  const words = isPlain(error) ? null : sentence(error, names);
  return (
    <div
      role="alert"
      aria-label="Error"
      className="flex shrink-0 items-start gap-2.5 rounded-lg border border-bad/60 bg-panel px-3 py-2.5"
    >
      <CircleX aria-hidden="true" size={16} className="mt-0.5 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        {isPlain(error) ? (
          <p data-selectable className="text-sm font-medium break-words">
            {error.text}
          </p>
        ) : (
          <div className="flex flex-wrap items-center gap-2">
            <Copyable
              value={error.signature ?? error.name ?? ''}
              what="error"
              className="text-sm! font-semibold"
            >
              {error.name}
            </Copyable>
            {error.arguments.map((value, i) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its position
                key={i}
                title={value.type}
                className="inline-flex max-w-full items-baseline gap-1.5 rounded-sm border border-line-strong bg-raised px-1.5 font-mono text-xs"
              >
                {value.name && <span className="text-ink-dim">{value.name}</span>}
                <span className="min-w-0 truncate">{valueText(value, names)}</span>
              </span>
            ))}
          </div>
        )}
        {words && <p className="text-sm text-ink-soft">{words}</p>}
        {error.name === null && error.data !== '0x' && (
          <Copyable value={error.data} what="error data" className="text-ink-dim">
            {error.data}
          </Copyable>
        )}
        {error.cause && (
          <p className="text-sm text-ink-soft">
            caused by <span className="font-mono text-xs">{error.cause.text}</span>
          </p>
        )}
      </div>
    </div>
  );
}
