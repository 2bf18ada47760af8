import type { Abi, AbiFunction, Hex } from 'viem';
import { ARGUMENTS_DO_NOT_FIT, type DecodedValue } from '../../shared/decoded.ts';
import { abiIndex, signatureOf } from './abi-index.ts';
import { decodeValues } from './decoded-value.ts';
import type { Names } from './names.ts';

/** What a call says. */
export interface DecodedCall {
  /** `setOwner(address)`; `receive()` and `fallback()` for calls of none of the functions. */
  function: string;
  arguments: DecodedValue[];
  /** Why there are no arguments though the function is known; null: there are all. */
  argumentsProblem: string | null;
  /** Of what the call returns. null: of `receive` and `fallback`. */
  item: AbiFunction | null;
}

const SELECTOR_DIGITS = 10;

/**
 * The function that `input` calls: of the contract's own ABI, then any known one that encodes to
 * exactly this input, then the contract's `receive` or `fallback`. A function of the contract's own
 * ABI runs also where its arguments do not fit.
 *
 * @param abi of the contract that is called; null: it isn't known
 * @returns null when nothing known fits
 */
export function decodeCall(
  input: string,
  abi: Abi | null,
  names: Pick<Names, 'functions'> | null = null,
): DecodedCall | null {
  const data = input.toLowerCase() as Hex;
  const index = abi && abiIndex(abi);
  if (data.length >= SELECTOR_DIGITS) {
    const selector = data.slice(0, SELECTOR_DIGITS);
    const encoded: Hex = `0x${data.slice(SELECTOR_DIGITS)}`;
    const called =
      ownCall(index?.functions.get(selector) ?? [], encoded) ??
      firstFitting(names?.functions(selector) ?? [], encoded, true);
    if (called) return called;
  }
  if (data === '0x' && index?.hasReceive) return withoutFunction('receive()');
  return index?.hasFallback ? withoutFunction('fallback()') : null;
}

const withoutFunction = (name: string): DecodedCall => ({
  function: name,
  arguments: [],
  argumentsProblem: null,
  item: null,
});

/** @param items with the selector that is called */
function ownCall(items: readonly AbiFunction[], encoded: Hex): DecodedCall | null {
  const [item] = items;
  if (!item) return null;
  return (
    firstFitting(items, encoded, false) ?? {
      ...{ function: signatureOf(item), item },
      ...{ arguments: [], argumentsProblem: ARGUMENTS_DO_NOT_FIT },
    }
  );
}

function firstFitting(
  items: readonly AbiFunction[],
  encoded: Hex,
  exact: boolean,
): DecodedCall | null {
  for (const item of items) {
    const values = decodeValues(item.inputs, encoded, { exact });
    if (values) {
      return { function: signatureOf(item), arguments: values, argumentsProblem: null, item };
    }
  }
  return null;
}

/** What a function has returned. null: the output doesn't fit. */
export const decodeResult = (item: AbiFunction, output: string): DecodedValue[] | null =>
  decodeValues(item.outputs, output as Hex);

/**
 * The arguments of a constructor.
 *
 * @param encoded what follows the creation code, hex digits with or without 0x
 * @returns null when they don't fit
 */
export function decodeConstructor(abi: Abi, encoded: string): DecodedValue[] | null {
  const inputs = abiIndex(abi).creation?.inputs ?? [];
  return decodeValues(inputs, `0x${encoded.replace(/^0x/, '')}`);
}
