import { quotedIfNeeded } from './argument-text.ts';
import type { DecodedData, DecodedError, DecodedValue, EnumNames } from './decoded.ts';
import { noMember } from './enum-text.ts';

const LIST = /^(.*)\[\d*\]$/;

/** Type of the elements of a list, of any length: `uint8[2][]` has `uint8[2]`; else undefined. */
export const elementType = (type: string): string | undefined => LIST.exec(type)?.[1];

type Shown = Pick<DecodedValue, 'type' | 'value' | 'enum'>;

/** As a person types it: `[1, 2]` for lists, `(a, b)` for tuples, members of enums by their names. */
export const textOf = (value: Shown): string => textOfData(value, false, true);

/** The same with the numbers of enums, as other programs read it. */
export const plainTextOf = (value: Shown): string => textOfData(value, false, false);

function textOfData(shown: Shown, nested: boolean, withNames: boolean): string {
  const { type, value: data } = shown;
  const inner = elementType(type);
  if (typeof data === 'object' && inner !== undefined) {
    const items = (data as readonly DecodedData[]).map((value) =>
      textOfData({ ...shown, type: inner, value }, true, withNames),
    );
    return `[${items.join(', ')}]`;
  }
  if (typeof data === 'object') {
    const parts = (data as readonly DecodedValue[]).map((one) => textOfData(one, true, withNames));
    return `(${parts.join(', ')})`;
  }
  const text = String(data);
  if (shown.enum && withNames) return memberOf(shown.enum, text);
  return nested && type === 'string' ? quotedIfNeeded(text) : text;
}

const memberOf = ({ name, names }: EnumNames, number: string): string =>
  Object.hasOwn(names, number) ? (names[number] ?? number) : noMember(number, name);

/** An argument by its name; without one, as it is. */
export const argumentText = ({ name, value }: { name: string; value: string }): string =>
  name === '' ? value : `${name}: ${value}`;

/** An error with those that it holds. */
export const causes = ({ text, cause }: DecodedError): string =>
  cause === null ? text : `${text} ← ${causes(cause)}`;
