import type { SourceFrame } from './running-code.ts';
import type { Declaration } from './source-outline.ts';
import type { Place } from './sourced-code.ts';

/** A function as a person sees it in a stack. */
export interface StackedFunction {
  declaration: Declaration;
  /** Position of the call of the contract among all of the transaction, as they ran. */
  call: number;
  /** Where in it: of each one but the innermost where it called the next. null: it isn't known. */
  place: Place | null;
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
 *
 * @param innermost where in the frame
 */
export function sourceStack(frame: SourceFrame, innermost: Place | null = null): StackedFunction[] {
  const found: StackedFunction[] = [];
  let place = innermost;
  for (let at: SourceFrame | null = frame; at; at = at.caller) {
    const { declaration, call, calledAt } = at;
    const last = found.at(-1);
    const isWayIn = isEntry(at) && last?.call === call && last.declaration === declaration;
    if (declaration && !isWayIn) found.push({ declaration, call, place, frame: at });
    // What is generated within a call runs at the place that called it.
    if (declaration || isEntry(at)) place = calledAt;
  }
  return found;
}
