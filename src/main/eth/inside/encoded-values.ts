import {
  type AbiFunction,
  type AbiParameter,
  decodeAbiParameters,
  encodeAbiParameters,
  type Hex,
} from 'viem';
import { selectorOf } from './abi-index.ts';

/** What a function is passed as: an address and a selector. */
const FUNCTION_BYTES = 'bytes24';
const FUNCTION = /^function(?=\[|$)/;

/**
 * Parameters by the types that they are encoded as. viem has no values that are functions: they are
 * encoded as `bytes24`, while a signature names them `function`.
 */
export const encodedAs = (parameters: readonly AbiParameter[]): readonly AbiParameter[] =>
  hasFunctions(parameters)
    ? parameters.map((parameter) => ({
        ...parameter,
        type: parameter.type.replace(FUNCTION, FUNCTION_BYTES),
        ...('components' in parameter ? { components: encodedAs(parameter.components) } : {}),
      }))
    : parameters;

/** Whether one of the values is a function, or has one within. */
export const hasFunctions = (parameters: readonly AbiParameter[]): boolean =>
  parameters.some(
    (one) => FUNCTION.test(one.type) || ('components' in one && hasFunctions(one.components)),
  );

/** @param values as viem takes them; functions as 24 bytes */
export const encodeValues = (
  parameters: readonly AbiParameter[],
  values: readonly unknown[],
): Hex => encodeAbiParameters(encodedAs(parameters), values);

/** The values as viem has them; functions as 24 bytes. Throws where the data doesn't fit. */
export const rawValues = (parameters: readonly AbiParameter[], data: Hex): readonly unknown[] =>
  decodeAbiParameters(encodedAs(parameters), data);

/** What a call of a function sends. */
export const encodeCall = (item: AbiFunction, values: readonly unknown[]): Hex =>
  `${selectorOf(item)}${encodeValues(item.inputs, values).slice(2)}`;
