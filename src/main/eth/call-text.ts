import {
  type Abi,
  type AbiParameter,
  decodeAbiParameters,
  decodeFunctionData,
  type Hex,
  toFunctionSelector,
  toFunctionSignature,
} from 'viem';

/** What a call says: `setOwner(address)`, and its arguments as text. */
export interface CallText {
  function: string;
  arguments: string[];
}

/** null: the ABI has no such function, or the data doesn't fit it. */
export function callText(abi: Abi, data: string): CallText | null {
  const call = data.toLowerCase() as Hex;
  const selector = call.slice(0, 10);
  const item = abi.find(
    (one) => one.type === 'function' && toFunctionSelector(one).toLowerCase() === selector,
  );
  if (item?.type !== 'function') return null;
  try {
    const { args = [] } = decodeFunctionData({ abi: [item], data: call });
    return { function: toFunctionSignature(item), arguments: textsOf(item.inputs, args) };
  } catch {
    return null;
  }
}

/**
 * The arguments of a constructor; none when they don't fit.
 *
 * @param encoded what follows the creation code, hex digits without 0x
 */
export function constructorTexts(abi: Abi, encoded: string): string[] {
  const item = abi.find((one) => one.type === 'constructor');
  if (item?.type !== 'constructor' || item.inputs.length === 0) return [];
  try {
    return textsOf(item.inputs, decodeAbiParameters(item.inputs, `0x${encoded}`));
  } catch {
    return [];
  }
}

const textsOf = (inputs: readonly AbiParameter[], values: unknown): string[] =>
  inputs.map((input, i) => textOf(input, (values as readonly unknown[])[i]));

/** As a person would type it: `[1, 2]` for lists, `(a, b)` for tuples. */
function textOf(parameter: AbiParameter, value: unknown): string {
  const list = /^(.*)\[\d*\]$/.exec(parameter.type);
  if (list && Array.isArray(value)) {
    const inner = { ...parameter, type: list[1] ?? '' };
    return `[${value.map((one) => textOf(inner, one)).join(', ')}]`;
  }
  if ('components' in parameter && typeof value === 'object' && value !== null) {
    const parts = parameter.components.map((component, i) =>
      textOf(component, (value as Record<string, unknown>)[component.name || i]),
    );
    return `(${parts.join(', ')})`;
  }
  return String(value);
}
