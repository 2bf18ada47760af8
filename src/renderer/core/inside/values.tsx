import type { DecodedValue } from '#main/shared/decoded.ts';
import { textOf } from '#main/shared/decoded-text.ts';
import { isAddressShaped } from '#main/shared/hex.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { HexLink } from '../../ui/hex-link.tsx';
import { addressPath } from '../paths.ts';
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
        const name = names.get(text.toLowerCase());
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a value is its position
          <div key={i} className="contents">
            <dt className="truncate font-mono text-ink-soft">{value.name || `[${i}]`}</dt>
            <dd className="truncate font-mono text-ink-dim">{value.type}</dd>
            <dd className="min-w-0 pr-6">
              {value.type === 'address' && isAddressShaped(text) ? (
                <HexLink href={addressPath(network, text)} value={text} what="address">
                  {name ? `${name} ${text}` : text}
                </HexLink>
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
