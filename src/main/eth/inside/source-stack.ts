import type { SourceFrame } from './running-code.ts';
import type { Declaration } from './source-outline.ts';
import type { Place } from './sourced-code.ts';

/** A function as a person sees it in a stack. */
export interface StackedFunction {
  declaration: Declaration;
  /** Position of the call of the contract among all of the transaction, as they ran. */
  call: number;
  /** Where it was called; null: it isn't known, or by the transaction itself. */
  calledAt: Place | null;
  /** The innermost one that counts as it. */
  frame: SourceFrame;
}

/** Whether a call of a contract begins with it. */
export const isEntry = ({ call, caller }: SourceFrame): boolean => caller?.call !== call;

/** Whether it is the function that such a beginning leads to. */
export const isEntered = ({ caller, declaration }: SourceFrame): boolean =>
  caller !== null && isEntry(caller) && caller.declaration === declaration;

/**
 * The functions that run, the innermost first, without those that the compiler generates. Its way
 * from a call of a contract into the function counts as the function.
 */
export function sourceStack(frame: SourceFrame): StackedFunction[] {
  const found: StackedFunction[] = [];
  for (let at: SourceFrame | null = frame; at; at = at.caller) {
    const { declaration, call, calledAt } = at;
    if (!declaration) continue;
    const last = found.at(-1);
    if (isEntry(at) && last?.call === call && last.declaration === declaration) {
      found[found.length - 1] = { ...last, calledAt };
    } else found.push({ declaration, call, calledAt, frame: at });
  }
  return found;
}
