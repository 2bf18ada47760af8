import { useMemo } from 'react';
import { type CallPlace, useCallDraft } from '../../../core/inside/call-drafts.ts';
import { shapeOf } from '../../../families/contracts/abi/abi-shape.ts';
import { blank, firstProblem, textOfTyped } from '../../../families/contracts/abi/typed-value.ts';
import type { ContractFunction } from './contract-function.ts';

/** A call as it is typed, and why it can't be made yet; null: it can. */
export function useCall(place: CallPlace, one: ContractFunction) {
  const draft = useCallDraft(place);
  const { network, address, signature } = place;
  return useMemo(() => {
    const shapes = one.inputs.map(shapeOf);
    // Untouched, a list is empty and a yes or no is no, in the form as in the call.
    const texts = shapes.map((shape, i) => draft.arguments[i] || textOfTyped(shape, blank(shape)));
    return {
      input: { network, contract: address, function: signature, arguments: texts },
      problem: firstProblem(shapes, texts),
    };
  }, [network, address, signature, one, draft]);
}
