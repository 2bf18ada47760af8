import { useMemo } from 'react';
import { useAddressChoices } from '../../../../core/addresses/address-choices.tsx';
import { shapeOf } from '../../../../families/contracts/abi/abi-shape.ts';
import { ArgumentField } from '../../../../families/contracts/abi/argument-field.tsx';
import { AbiFormContext, usualUnits } from '../../../../families/contracts/abi/form-context.ts';
import { FieldProblem } from '../../../../ui/field.tsx';
import { argumentsOf } from '../../request/shown-inputs.ts';
import type { ControlProps } from './control.ts';

/**
 * One field for each argument, with its type; invalid values are reported while typing, and missing
 * ones once a deployment was attempted.
 */
export function ArgumentsControl(props: ControlProps) {
  const isEmpty = (props.shown.call?.parameters ?? []).length === 0;
  return isEmpty ? null : <ArgumentFields {...props} />;
}

function ArgumentFields({ target, shown, problem, onChange }: ControlProps) {
  const addresses = useAddressChoices(target);
  const form = useMemo(() => ({ addresses, units: usualUnits }), [addresses]);
  const parameters = shown.call?.parameters ?? [];
  const values = argumentsOf(shown);
  return (
    <AbiFormContext value={form}>
      <fieldset
        aria-label={shown.input.label}
        className="grid shrink-0 grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-3 gap-y-2"
      >
        {parameters.map((input, index) => {
          const label = input.name || `argument ${index + 1}`;
          return (
            <ArgumentField
              key={`${label} ${input.type}`}
              shape={shapeOf(input)}
              label={label}
              value={values[index] ?? ''}
              refused={problem?.argument === index ? problem.message : null}
              onChange={(value) => onChange(values.with(index, value))}
            />
          );
        })}
        {problem && problem.argument === undefined && (
          <FieldProblem className="col-span-full">{problem.message}</FieldProblem>
        )}
      </fieldset>
    </AbiFormContext>
  );
}
