import { abiValueOf } from '#main/shared/abi-value.ts';
import { cx } from '../../../ui/cx.ts';
import { inputLook } from '../../../ui/field.tsx';
import { count } from '../../../ui/format.ts';
import { argumentHint } from './argument-check.ts';
import { type AmountUnit, useAbiForm } from './form-context.ts';
import type { WordFieldProps } from './word-field.tsx';

const numbered = /^\s*(-?[\d.]*)\s*(e\d{1,2}|[a-z]+)?\s*$/i;

interface Amount {
  digits: string;
  unit: AmountUnit;
}

/** null: it is typed in another way, as 0x1f is. */
function amountIn(text: string, units: readonly AmountUnit[]): Amount | null {
  const found = numbered.exec(text);
  if (!found) return null;
  const suffix = (found[2] ?? '').toLowerCase().replace(/^eth$/, 'ether');
  const unit = units.find((one) => one.suffix === suffix);
  return unit ? { digits: found[1] ?? '', unit } : null;
}

/** A number, with its unit beside it where it is large enough for one. */
export function AmountField({ type, label, value, ...props }: WordFieldProps) {
  const { units, onEnter } = useAbiForm();
  const amount = amountIn(value, units);
  const read = value === '' ? null : abiValueOf(type, value);
  const exact = amount?.unit.suffix && read && 'value' in read ? String(read.value) : null;
  return (
    <div
      title={exact === null ? undefined : count(exact)}
      className={cx(
        inputLook,
        'flex items-center gap-1 px-0! focus-within:border-accent',
        props.invalid && 'border-bad!',
      )}
    >
      <input
        id={props.id}
        aria-label={label}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        inputMode="decimal"
        spellCheck={false}
        autoComplete="off"
        placeholder={props.quiet ? undefined : argumentHint(type)}
        value={amount ? amount.digits : value}
        onChange={(event) => {
          const { value: typed } = event.target;
          const isPlain = /^-?[\d.]*$/.test(typed);
          props.onChange(isPlain && amount ? `${typed}${typed && amount.unit.suffix}` : typed);
        }}
        onKeyDown={(event) => event.key === 'Enter' && onEnter?.()}
        className="h-full min-w-0 flex-1 bg-transparent px-2.5 font-mono text-xs outline-none placeholder:text-ink-dim"
      />
      {isAmount(type) && amount && (
        <select
          aria-label="Unit"
          value={amount.unit.suffix}
          onChange={(event) => props.onChange(`${amount.digits || '0'}${event.target.value}`)}
          className="h-full shrink-0 rounded-md bg-transparent pr-1 text-2xs text-ink-dim"
        >
          {units.map((one) => (
            <option key={one.suffix} value={one.suffix} className="bg-raised text-ink">
              {one.name || '—'}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Amounts of money take more than 64 bits. */
export const isAmount = (type: string): boolean =>
  /^u?int\d*$/.test(type) && Number(/\d+$/.exec(type)?.[0] ?? 256) > 64;
