import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface SelectOption<T extends string> {
  value: T;
  label: ReactNode;
  /** For typing to find it; needed when the label isn't text. */
  text: string;
  detail?: ReactNode;
  disabled?: boolean;
}

interface SelectProps<T extends string> {
  /** Its accessible name. */
  label: string;
  /** Shown in front of the value. */
  prefix?: ReactNode;
  value: T | null;
  options: SelectOption<T>[];
  onChange(value: T): void;
  placeholder?: string;
  disabled?: boolean;
  mono?: boolean;
  /** Details are shown only in the list. */
  plainValue?: boolean;
  className?: string;
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { label, prefix, value, options, onChange, placeholder = '—', mono } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root<T>
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={props.disabled}
      itemToStringLabel={(item) =>
        options.find((option) => option.value === item)?.text ?? String(item)
      }
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          'inline-flex h-[30px] min-w-0 shrink-0 items-center gap-1.5 rounded-md border border-edge bg-transparent px-2 text-sm text-ink select-none hover:bg-hover data-disabled:opacity-50',
          props.className,
        )}
      >
        {prefix && <span className="shrink-0 text-ink-dim">{prefix}</span>}
        <span
          className={cx('flex min-w-0 items-center gap-2 truncate', mono && 'font-mono text-xs')}
        >
          {chosen ? (
            <>
              <span className="truncate">{chosen.label}</span>
              {chosen.detail && !props.plainValue && (
                <span className="shrink-0 font-sans text-sm text-ink-dim nums">
                  {chosen.detail}
                </span>
              )}
            </>
          ) : (
            <span className="font-sans text-ink-dim">{placeholder}</span>
          )}
        </span>
        <ChevronsUpDown aria-hidden="true" size={13} className="ml-auto shrink-0 text-ink-dim" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          align="start"
          className="z-50 outline-none"
        >
          <Base.Popup className="max-h-[min(22rem,var(--available-height))] min-w-[var(--anchor-width)] overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="flex h-[28px] items-center gap-2 rounded-md px-2 text-sm text-ink outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
              >
                <span className="w-3.5 shrink-0">
                  <Base.ItemIndicator>
                    <Check aria-hidden="true" size={14} />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText className={cx('truncate', mono && 'font-mono text-xs')}>
                  {option.label}
                </Base.ItemText>
                {option.detail && (
                  <span className="ml-auto pl-6 text-xs text-ink-dim nums">{option.detail}</span>
                )}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
