import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { DecodedData, DecodedValue } from '#main/shared/decoded.ts';
import { elementType, textOf } from '#main/shared/decoded-text.ts';
import { isAddressShaped } from '#main/shared/hex.ts';
import { AddressLink } from '../../../core/inside/address-link.tsx';
import { type AddressNames, valueText } from '../../../core/inside/value-text.ts';
import { Copyable } from '../../../ui/copyable.tsx';
import { count } from '../../../ui/format.ts';

/** Elements and members that are shown of one value. */
const most = 200;

interface ResultValueProps {
  network: string;
  value: DecodedValue;
  names: AddressNames;
  withName?: boolean;
}

/** A value in one line, copied with a click; lists and tuples unfold to what they consist of. */
export function ResultValue({ network, value, names, withName }: ResultValueProps) {
  const [isOpen, setIsOpen] = useState(false);
  const parts = partsOf(value);
  return (
    <div className="flex max-w-full min-w-0 flex-col items-end gap-0.5">
      <span className="inline-flex max-w-full min-w-0 items-baseline gap-2">
        {withName && value.name && (
          <span className="shrink-0 font-mono text-xs text-ink-dim">{value.name}</span>
        )}
        {parts && (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={isOpen ? 'Collapse the value' : 'Expand the value'}
            onClick={() => setIsOpen(!isOpen)}
            className="self-center text-ink-dim hover:text-ink"
          >
            {isOpen ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
          </button>
        )}
        <Word network={network} value={value} names={names} />
        <Note value={value} names={names} />
      </span>
      {isOpen && parts && (
        <div className="flex max-w-full flex-col items-end gap-1 border-r border-line pr-3">
          {parts.slice(0, most).map((part, i) => (
            <ResultValue
              // biome-ignore lint/suspicious/noArrayIndexKey: a part is its position
              key={i}
              network={network}
              value={part}
              names={names}
              withName
            />
          ))}
          {parts.length > most && (
            <span className="text-xs text-ink-dim">
              and {count(parts.length - most)} more: copy the whole value
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function Word({ network, value, names }: Omit<ResultValueProps, 'withName'>) {
  const text = textOf(value);
  if (value.type === 'address' && isAddressShaped(text)) {
    return (
      <span className="pr-5">
        <AddressLink network={network} of={{ address: text }} bare className="text-accent!" />
      </span>
    );
  }
  return (
    <Copyable value={text} what={value.name || 'value'} className="text-right">
      {text === '' ? '""' : integer.test(value.type) ? grouped(text) : valueText(value, names)}
    </Copyable>
  );
}

const integer = /^u?int\d*$/;

/** Digits in threes; a value that is none stays as it is. */
const grouped = (text: string): string => (/^-?\d+$/.test(text) ? count(text) : text);

/** The name of an address. */
function Note({ value, names }: Pick<ResultValueProps, 'value' | 'names'>) {
  const name = value.type === 'address' ? names.get(textOf(value).toLowerCase()) : undefined;
  if (name === undefined) return null;
  return <span className="min-w-0 truncate text-xs text-ink-soft">{name}</span>;
}

/** The elements of a list, with their index as name, or the members of a tuple; null: a word. */
function partsOf({ type, value }: DecodedValue): readonly DecodedValue[] | null {
  if (typeof value !== 'object') return null;
  const inner = elementType(type);
  if (inner === undefined) return value as readonly DecodedValue[];
  return (value as readonly DecodedData[]).map((one, i) => ({
    ...{ name: `[${i}]`, type: inner, value: one },
  }));
}
