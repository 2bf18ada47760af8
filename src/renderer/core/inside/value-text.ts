import type { DecodedValue } from '#main/shared/decoded.ts';
import { textOf } from '#main/shared/decoded-text.ts';
import { addressesAndHashesIn } from '#main/shared/hex.ts';
import { shortHex } from '../../ui/format.ts';

/** Longer values are cut in lines: the whole ones are shown with the chosen call. */
const most = 80;

/** What addresses are called, by the address in lower case. */
export type AddressNames = ReadonlyMap<string, string>;

/** A value in one line: addresses by their names, and long ones shortened. */
export function valueText(value: DecodedValue, names: AddressNames): string {
  const text = textOf(value).replaceAll(
    addressesAndHashesIn,
    (hex) => names.get(hex.toLowerCase()) ?? shortHex(hex),
  );
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Several of them, as arguments are written. */
export const valuesText = (values: readonly DecodedValue[], names: AddressNames): string =>
  values.map((value) => valueText(value, names)).join(', ');
