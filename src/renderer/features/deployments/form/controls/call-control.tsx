import { Select } from '../../../../ui/select.tsx';
import type { ControlProps } from './control.ts';

/** Chooses a call of the chosen entry. */
export function CallControl({ shown: { input, value, entry, gone }, onChange }: ControlProps) {
  const options = (entry?.calls ?? []).map((call) => ({
    value: call.value,
    text: call.value,
    label: call.value,
  }));
  const missing = gone === undefined ? [] : [{ value: gone, text: gone, label: gone }];
  return (
    <Select
      label={input.label}
      prefix={input.label.toLowerCase()}
      value={value === undefined ? null : String(value)}
      options={[...missing, ...options]}
      onChange={onChange}
      placeholder={options.length > 0 ? 'choose one' : 'none'}
      mono
      className="max-w-80"
    />
  );
}
