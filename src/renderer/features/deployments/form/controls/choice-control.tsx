import { Select } from '../../../../ui/select.tsx';
import type { ControlProps } from './control.ts';

/** Chooses one of a few words. */
export function ChoiceControl({ shown: { input, value }, onChange }: ControlProps) {
  return (
    <Select
      label={input.label}
      prefix={input.label.toLowerCase()}
      value={value === undefined ? null : String(value)}
      options={(input.options ?? []).map((one) => ({ value: one, text: one, label: one }))}
      onChange={onChange}
      placeholder="default"
      className="max-w-80"
    />
  );
}
