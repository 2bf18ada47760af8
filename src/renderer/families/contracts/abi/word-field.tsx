import { cx } from '../../../ui/cx.ts';
import { inputLook } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { AmountField } from './amount-field.tsx';
import { argumentHint } from './argument-check.ts';
import { BytesField } from './bytes-field.tsx';
import { useAbiForm } from './form-context.ts';

export interface WordFieldProps {
  /** An ABI type that is no list and no tuple. */
  type: string;
  /** Of an enum, the names of its members. */
  choices?: readonly string[] | null;
  /** Its accessible name. */
  label: string;
  value: string;
  id?: string;
  invalid?: boolean;
  describedBy?: string;
  /** In a table, where there is no room for an example. */
  quiet?: boolean;
  onChange(value: string): void;
}

const yesNo = ['true', 'false'].map((value) => ({ value, label: value, text: value }));

/** A number, as from a saved call, is the member that it stands for; one beyond them stays. */
function optionsOf(choices: readonly string[], value: string) {
  const options = choices.map((name, i) => ({
    ...{ value: value === String(i) ? value : name, label: name, text: name },
  }));
  const isKnown = value === '' || options.some((one) => one.value === value);
  return isKnown ? options : [...options, { value, label: value, text: value }];
}

/** The field of a single value, by its type. */
export function WordField(props: WordFieldProps) {
  const { type, label, value, onChange } = props;
  const { addresses, onEnter } = useAbiForm();
  if (type === 'bool' || props.choices) {
    return (
      <Select
        label={label}
        value={value === '' ? null : value}
        options={props.choices ? optionsOf(props.choices, value) : yesNo}
        onChange={onChange}
        placeholder="choose one"
        mono
      />
    );
  }
  if (type === 'address') {
    return (
      <SuggestField
        {...props}
        groups={addresses}
        placeholder={props.quiet ? undefined : argumentHint(type)}
        onEnter={onEnter}
      />
    );
  }
  if (/^u?int\d*$/.test(type)) return <AmountField {...props} />;
  if (/^bytes\d*$/.test(type)) return <BytesField {...props} />;
  return (
    <input
      placeholder={props.quiet ? undefined : argumentHint(type)}
      id={props.id}
      aria-label={label}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      spellCheck={false}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && onEnter?.()}
      className={cx(inputLook, 'font-mono text-xs')}
    />
  );
}
