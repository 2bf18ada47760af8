import { Search } from 'lucide-react';
import type { InputHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import { inputLook } from './field.tsx';

interface SearchFieldProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'onChange' | 'value'> {
  /** Its accessible name, and its placeholder where there is no other. */
  label: string;
  value: string;
  onChange(value: string): void;
}

/** A field that narrows down what is shown. Escape empties it. */
export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, onKeyDown, className, ...rest } = props;
  return (
    <div className={cx('relative min-w-0', className)}>
      <Search
        aria-hidden="true"
        size={14}
        className="pointer-events-none absolute top-2 left-2.5 text-ink-dim"
      />
      <input
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        {...rest}
        type="search"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key !== 'Escape' || value === '' || event.defaultPrevented) return;
          // One step back only.
          event.stopPropagation();
          onChange('');
        }}
        className={cx(inputLook, 'pl-8')}
      />
    </div>
  );
}
