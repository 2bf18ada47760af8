import type { Choices } from '#main/shared/kind.ts';
import { Select } from '../../../../ui/select.tsx';
import { optionsOf } from '../../request/shown-inputs.ts';
import type { ControlProps } from './control.ts';

/** Chooses one of a few words. */
export function ChoiceControl({
  shown: { input, value },
  choices,
  onChange,
}: ControlProps & { choices: Choices }) {
  const offered = optionsOf(input, choices);
  // A project may have lost what was chosen in it.
  const gone = value === undefined || offered.includes(String(value)) ? [] : [String(value)];
  const usual = input.options || value === undefined ? [] : [{ value: '', text: 'as usual' }];
  return (
    <Select
      label={input.label}
      prefix={input.label.toLowerCase()}
      value={value === undefined ? null : String(value)}
      options={[
        ...usual.map((one) => ({ ...one, label: one.text })),
        ...[...gone, ...offered].map((one) => ({ value: one, text: one, label: one })),
      ]}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
      placeholder="default"
      className="max-w-80"
    />
  );
}
