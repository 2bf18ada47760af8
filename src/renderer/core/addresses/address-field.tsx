import { useId } from 'react';
import { FieldProblem } from '../../ui/field.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { useAddressChoices } from './address-choices.tsx';

interface AddressFieldProps {
  label: string;
  network: string | null;
  value: string;
  error?: string | null;
  autoFocus?: boolean;
  onChange(address: string): void;
}

/** An address in a form, typed or picked by name; its value is the address itself. */
export function AddressField({ label, network, error, ...field }: AddressFieldProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-ink-soft">
        {label}
      </label>
      <SuggestField
        {...field}
        id={id}
        label={label}
        groups={useAddressChoices(network)}
        placeholder="0x… or pick by name"
        invalid={Boolean(error)}
        describedBy={error ? `${id}-about` : undefined}
      />
      {error && (
        <div id={`${id}-about`}>
          <FieldProblem>{error}</FieldProblem>
        </div>
      )}
    </div>
  );
}
