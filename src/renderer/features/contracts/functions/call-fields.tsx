import { useMemo } from 'react';
import { type CallPlace, changeCallDraft } from '../../../core/inside/call-drafts.ts';
import { shapeOf } from '../../../families/contracts/abi/abi-shape.ts';
import { ArgumentField } from '../../../families/contracts/abi/argument-field.tsx';
import { AbiFormContext, type FormContext } from '../../../families/contracts/abi/form-context.ts';
import type { ContractFunction } from './contract-function.ts';

interface CallFieldsProps {
  place: CallPlace;
  one: ContractFunction;
  /** The text of each argument. */
  texts: readonly string[];
  form: FormContext;
}

/** The arguments of a function, as far as they are filled in. */
export function CallFields({ place, one, texts, form }: CallFieldsProps) {
  const shapes = useMemo(() => one.inputs.map(shapeOf), [one]);
  if (shapes.length === 0) return null;
  return (
    <AbiFormContext value={form}>
      <fieldset
        aria-label="Arguments"
        className="grid shrink-0 grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-3 gap-y-2.5"
      >
        {shapes.map((shape, i) => (
          <ArgumentField
            // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its position
            key={i}
            shape={shape}
            label={`argument ${i + 1}`}
            value={texts[i] ?? ''}
            onChange={(text) => changeCallDraft(place, { arguments: texts.with(i, text) })}
          />
        ))}
      </fieldset>
    </AbiFormContext>
  );
}
