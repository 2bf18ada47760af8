import { AddressField } from '../../../../core/addresses/address-field.tsx';
import { Field, FieldProblem } from '../../../../ui/field.tsx';
import { Select } from '../../../../ui/select.tsx';
import { argumentHint, argumentProblem } from '../../request/argument-check.ts';
import { argumentsOf } from '../../request/shown-inputs.ts';
import type { ControlProps } from './control.ts';

const yesNo = ['true', 'false'].map((value) => ({ value, label: value, text: value }));

/**
 * One field for each argument, with its type; invalid values are reported while typing, and missing
 * ones once a deployment was attempted.
 */
export function ArgumentsControl({ target, shown, problem, onChange }: ControlProps) {
  const parameters = shown.call?.parameters ?? [];
  if (parameters.length === 0) return null;
  const values = argumentsOf(shown);
  const refused = (index: number) => (problem?.argument === index ? problem.message : null);
  const set = (index: number, value: string) => onChange(values.with(index, value));
  return (
    <fieldset
      aria-label={shown.input.label}
      className="grid shrink-0 grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-3 gap-y-2"
    >
      {parameters.map((input, index) => {
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
              {refused(index) && <FieldProblem>{refused(index)}</FieldProblem>}
            </div>
          );
        }
        if (input.type === 'address') {
          return (
            <AddressField
              key={`${name} ${input.type}`}
              label={name}
              note={input.type}
              network={target}
              value={value}
              error={(value && argumentProblem(input.type, value)) || refused(index)}
              onChange={(next) => set(index, next)}
            />
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
            error={(value && argumentProblem(input.type, value)) || refused(index)}
            onChange={(event) => set(index, event.target.value)}
          />
        );
      })}
      {problem && problem.argument === undefined && (
        <FieldProblem className="col-span-full">{problem.message}</FieldProblem>
      )}
    </fieldset>
  );
}
