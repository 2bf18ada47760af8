import { type Abi, toFunctionSelector } from 'viem';
import { functionsOf } from './choose-function.ts';

/** Names of the functions that a call of a contract can go to, by their selectors. */
export function entriesOf(abi: Abi): Map<string, string> {
  const found = new Map<string, string>();
  for (const item of functionsOf(abi)) {
    // A library's functions may have parameters that no ABI type says.
    try {
      found.set(toFunctionSelector(item), item.name);
    } catch {}
  }
  return found;
}
