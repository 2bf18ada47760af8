import type { AbiParameter, Hex } from 'viem';
import type { DecodedData, DecodedValue } from '../../shared/decoded.ts';
import { elementType } from '../../shared/decoded-text.ts';
import { enumNames } from '../enum-members.ts';
import { encodeValues, rawValues } from './encoded-values.ts';

/**
 * The values of parameters from their encoding.
 *
 * @param exact nothing but these parameters may be encoded, in the usual way
 * @returns null when the data doesn't fit
 */
export function decodeValues(
  parameters: readonly AbiParameter[],
  data: Hex,
  { exact = false }: { exact?: boolean } = {},
): DecodedValue[] | null {
  if (parameters.length === 0) return exact && data !== '0x' ? null : [];
  try {
    const values = rawValues(parameters, data);
    if (exact && encodeValues(parameters, values) !== data.toLowerCase()) return null;
    return decodedValues(parameters, values);
  } catch {
    return null;
  }
}

/** @param values as viem decodes them */
export const decodedValues = (
  parameters: readonly AbiParameter[],
  values: readonly unknown[],
): DecodedValue[] =>
  parameters.map((parameter, i) => {
    const members = enumNames(parameter, values[i]);
    return {
      name: parameter.name ?? '',
      type: parameter.type,
      value: dataOf(parameter, values[i]),
      ...(members ? { enum: members } : {}),
    };
  });

function dataOf(parameter: AbiParameter, value: unknown): DecodedData {
  const inner = elementType(parameter.type);
  if (inner !== undefined && Array.isArray(value)) {
    return value.map((one) => dataOf({ ...parameter, type: inner }, one));
  }
  if ('components' in parameter && typeof value === 'object' && value !== null) {
    // viem makes a list of a tuple in which a component has no name.
    const parts = Array.isArray(value)
      ? value
      : parameter.components.map(({ name }) => (value as Record<string, unknown>)[name ?? '']);
    return decodedValues(parameter.components, parts);
  }
  return typeof value === 'boolean' ? value : String(value);
}

/** The same as plain JSON: a tuple is an object where all of its values have names of their own. */
export function plainOf({ type, value }: Pick<DecodedValue, 'type' | 'value'>): unknown {
  if (typeof value !== 'object') return value;
  const inner = elementType(type);
  if (inner !== undefined) {
    return (value as readonly DecodedData[]).map((one) => plainOf({ type: inner, value: one }));
  }
  const parts = value as readonly DecodedValue[];
  const names = new Set(parts.map(({ name }) => name));
  return names.size === parts.length && !names.has('')
    ? Object.fromEntries(parts.map((one) => [one.name, plainOf(one)]))
    : parts.map(plainOf);
}
