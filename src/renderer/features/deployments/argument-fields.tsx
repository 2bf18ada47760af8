import { useEffect, useRef } from 'react';
import type { ScriptFunction } from '#main/features/projects/contract.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { argumentHint, argumentProblem } from './argument-check.ts';
import { argumentIsAsked, useAskedArgument } from './asked-argument.ts';

interface ArgumentFieldsProps {
  project: number;
  fn: ScriptFunction;
  values: string[];
  onChange(values: string[]): void;
}

const yesNo = ['true', 'false'].map((value) => ({ value, label: value, text: value }));

/**
 * One field for each argument, with its type; what can't be right is said while typing. Deploy
 * moves the focus to the first that it can't go without.
 */
export function ArgumentFields({ project, fn, values, onChange }: ArgumentFieldsProps) {
  const fields = useRef<HTMLFieldSetElement>(null);
  const asked = useAskedArgument((state) => (state.project === project ? state.index : null));
  useEffect(() => {
    if (asked === null) return;
    fields.current?.children[asked]?.querySelector('input')?.focus();
    argumentIsAsked();
  }, [asked]);
  if (fn.inputs.length === 0) return null;
  const set = (index: number, value: string) => onChange(values.with(index, value));
  return (
    <fieldset
      ref={fields}
      aria-label="Arguments"
      className="grid shrink-0 grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-3 gap-y-2"
    >
      {fn.inputs.map((input, index) => {
        const name = input.name || `argument ${index + 1}`;
        const value = values[index] ?? '';
        if (input.type === 'bool') {
          return (
            <div key={`${name} ${input.type}`} className="flex flex-col gap-1 text-xs">
              <span className="font-medium text-ink-soft">
                {name} <span className="font-mono text-2xs text-ink-dim">bool</span>
              </span>
              <Select
                label={name}
                value={value}
                options={yesNo}
                onChange={(next) => set(index, next)}
                mono
              />
            </div>
          );
        }
        return (
          <Field
            key={`${name} ${input.type}`}
            label={name}
            note={input.type}
            mono
            placeholder={argumentHint(input.type)}
            value={value}
            error={value === '' ? null : argumentProblem(input.type, value)}
            onChange={(event) => set(index, event.target.value)}
          />
        );
      })}
    </fieldset>
  );
}
