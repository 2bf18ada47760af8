import type { Parameter } from '#main/shared/kind.ts';
import { Field, FieldProblem } from '../../../../ui/field.tsx';
import { Select } from '../../../../ui/select.tsx';
import { TextArea } from '../../../../ui/text-area.tsx';
import {
  linesIn,
  namedValue,
  otherLines,
  withNamedValue,
  withOtherLines,
} from '../../request/named-values.ts';
import type { ControlProps } from './control.ts';

interface ParameterProps {
  parameter: Parameter;
  value: string;
  error: string | null;
  onChange(value: string): void;
}

/** Untouched it has the project's value, which need not be one that can be typed. */
function ParameterField({ parameter, value, error, onChange }: ParameterProps) {
  const { name, type, default: usual } = parameter;
  const placeholder = usual === undefined ? undefined : `default: ${usual}`;
  if (type === 'bool') {
    const options = [...(usual === undefined ? [] : ['']), 'true', 'false'];
    return (
      <div className="flex flex-col gap-1 text-xs">
        <span className="font-medium text-ink-soft">
          {name} <span className="font-mono text-2xs text-ink-dim">bool</span>
        </span>
        <Select
          label={name}
          value={usual === undefined && value === '' ? null : value}
          options={options.map((one) => ({
            value: one,
            label: one || placeholder,
            text: one || 'default',
          }))}
          onChange={onChange}
          placeholder="choose one"
          mono
        />
        {error && <FieldProblem>{error}</FieldProblem>}
      </div>
    );
  }
  return (
    <Field
      label={name}
      note={type}
      mono
      placeholder={placeholder}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** One field for each parameter of the entry, and lines for parameters that can't be known. */
export function ParametersControl({ shown, problem, onChange }: ControlProps) {
  const { input, call, entry, value } = shown;
  const parameters = call?.parameters ?? [];
  const lines = linesIn(value);
  const others = otherLines(lines, parameters);
  const isWhole = parameters.length > 0 && entry?.note === undefined && others.length === 0;
  return (
    <fieldset
      aria-label={input.label}
      className="grid shrink-0 grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-3 gap-y-2"
    >
      {parameters.map((parameter, index) => (
        <div key={parameter.name} data-argument className="min-w-0">
          <ParameterField
            parameter={parameter}
            value={namedValue(lines, parameter.name)}
            error={problem?.argument === index ? problem.message : null}
            onChange={(text) => onChange(withNamedValue(lines, parameter.name, text))}
          />
        </div>
      ))}
      {!isWhole && (
        <TextArea
          label={parameters.length > 0 ? `Other ${input.label.toLowerCase()}` : input.label}
          note="optional"
          hint={input.help}
          placeholder={input.option?.split(/[<>]/)[1] ?? 'name=value'}
          value={others.join('\n')}
          error={problem && problem.argument === undefined ? problem.message : null}
          onChange={(event) => onChange(withOtherLines(lines, parameters, event.target.value))}
        />
      )}
      {isWhole && problem && problem.argument === undefined && (
        <FieldProblem className="col-span-full">{problem.message}</FieldProblem>
      )}
    </fieldset>
  );
}
