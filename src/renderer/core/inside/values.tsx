import type { DecodedValue } from '#main/shared/decoded.ts';
import { textOf } from '#main/shared/decoded-text.ts';
import { isAddressShaped } from '#main/shared/hex.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { AddressLink } from './address-link.tsx';
import type { AddressNames } from './value-text.ts';

interface ValuesProps {
  label: string;
  network: string;
  values: readonly DecodedValue[];
  names: AddressNames;
}

/** Values by name and type, whole; addresses open, everything is copied with a click. */
export function Values({ label, network, values, names }: ValuesProps) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-[minmax(0,auto)_minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs"
    >
      {values.map((value, i) => {
        const text = textOf(value);
        const name = names.get(text.toLowerCase()) ?? null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a value is its position
          <div key={i} className="contents">
            <dt className="truncate font-mono text-ink-soft">{value.name || `[${i}]`}</dt>
            <dd className="truncate font-mono text-ink-dim">{value.type}</dd>
            <dd className="min-w-0 pr-6">
              {value.type === 'address' && isAddressShaped(text) ? (
                <AddressLink network={network} of={{ address: text, label: name }} whole />
              ) : (
                <Copyable
                  value={text}
                  what={value.name || 'value'}
                  className="max-h-40 overflow-y-auto text-left break-all whitespace-pre-wrap!"
                >
                  {text === '' ? '""' : text}
                </Copyable>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
