import { quotedIfNeeded } from './argument-text.ts';
import type { DecodedData, DecodedError, DecodedValue } from './decoded.ts';

const LIST = /^(.*)\[\d*\]$/;

/** Type of the elements of a list, of any length: `uint8[2][]` has `uint8[2]`; else undefined. */
export const elementType = (type: string): string | undefined => LIST.exec(type)?.[1];

/** As a person types it: `[1, 2]` for lists, `(a, b)` for tuples. */
export const textOf = ({ type, value }: Pick<DecodedValue, 'type' | 'value'>): string =>
  textOfData(type, value, false);

function textOfData(type: string, data: DecodedData, nested: boolean): string {
  const inner = elementType(type);
  if (typeof data === 'object' && inner !== undefined) {
    return `[${(data as readonly DecodedData[]).map((one) => textOfData(inner, one, true)).join(', ')}]`;
  }
  if (typeof data === 'object') {
    const parts = (data as readonly DecodedValue[]).map((one) =>
      textOfData(one.type, one.value, true),
    );
    return `(${parts.join(', ')})`;
  }
  const text = String(data);
  return nested && type === 'string' ? quotedIfNeeded(text) : text;
}

/** An error with those that it holds. */
export const causes = ({ text, cause }: DecodedError): string =>
  cause === null ? text : `${text} ← ${causes(cause)}`;
