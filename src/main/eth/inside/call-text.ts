import type { Abi } from 'viem';
import { textOf } from '../../shared/decoded-text.ts';
import { decodeCall, decodeConstructor } from './decode-call.ts';

/** What a call says: `setOwner(address)`, and its arguments as text. */
export interface CallText {
  function: string;
  arguments: string[];
}

/** null: the ABI has no such function. Without arguments where the data doesn't fit it. */
export function callText(abi: Abi, data: string): CallText | null {
  const call = decodeCall(data, abi);
  return call?.item ? { function: call.function, arguments: call.arguments.map(textOf) } : null;
}

/**
 * The arguments of a constructor; none when they don't fit.
 *
 * @param encoded what follows the creation code, hex digits without 0x
 */
export const constructorTexts = (abi: Abi, encoded: string): string[] =>
  decodeConstructor(abi, encoded)?.map(textOf) ?? [];
