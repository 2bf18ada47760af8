import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown, Search } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { cx } from './cx.ts';

export interface ComboboxOption {
  value: string;
  label: ReactNode;
  /** For typing to find it; needed when the label isn't text. */
  text: string;
  detail?: ReactNode;
}

interface ComboboxProps {
  /** Its accessible name. */
  label: string;
  /** Shown in front of the value. */
  prefix?: ReactNode;
  value: string | null;
  options: readonly ComboboxOption[];
  onChange(value: string): void;
  placeholder?: string;
  mono?: boolean;
  /** Details are shown only in the list. */
  plainValue?: boolean;
  className?: string;
}

/** More than so many are found by typing. */
const mostShown = 200;

/** All words that are typed, in any order. */
function fits({ text }: ComboboxOption, query: string): boolean {
  const all = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** A list to choose from that may be long: it is narrowed down by typing. */
export function Combobox(props: ComboboxProps) {
  const { label, prefix, value, options, onChange, placeholder = '—', mono } = props;
  const chosen = options.find((option) => option.value === value) ?? null;
  const input = useRef<HTMLInputElement>(null);
  return (
    <Base.Root<ComboboxOption>
      items={options}
      value={chosen}
      onValueChange={(next) => next && onChange(next.value)}
      itemToStringLabel={({ text }) => text}
      isItemEqualToValue={(one, other) => one.value === other.value}
      filter={fits}
      limit={mostShown}
      autoHighlight
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
        <Base.Positioner sideOffset={4} align="start" className="z-50 outline-none">
          <Base.Popup
            aria-label={label}
            initialFocus={input}
            className="flex max-h-[min(24rem,var(--available-height))] max-w-[calc(100vw-2rem)] min-w-[max(var(--anchor-width),16rem)] flex-col rounded-lg border border-line-strong bg-raised shadow-pop outline-none"
          >
            <div className="relative shrink-0 border-b border-line">
              <Search
                aria-hidden="true"
                size={14}
                className="pointer-events-none absolute top-2 left-2.5 text-ink-dim"
              />
              <Base.Input
                ref={input}
                aria-label={`Find in ${label}`}
                placeholder="Type to find"
                spellCheck={false}
                autoCapitalize="off"
                autoCorrect="off"
                className="h-[30px] w-full rounded-t-lg bg-transparent pr-2 pl-8 text-sm text-ink -outline-offset-2 placeholder:text-ink-dim"
              />
            </div>
            <Base.Empty className="px-3 py-2 text-xs text-ink-dim empty:hidden">
              Nothing is called that.
            </Base.Empty>
            <Base.List
              aria-label={label}
              className="min-h-0 overflow-y-auto overscroll-contain p-1 data-empty:hidden"
            >
              {(option: ComboboxOption) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  className="flex h-[28px] items-center gap-2 rounded-md px-2 text-sm text-ink outline-none select-none data-highlighted:bg-hover"
                >
                  <span className="w-3.5 shrink-0">
                    <Base.ItemIndicator>
                      <Check aria-hidden="true" size={14} />
                    </Base.ItemIndicator>
                  </span>
                  <span className={cx('truncate', mono && 'font-mono text-xs')}>
                    {option.label}
                  </span>
                  {option.detail && (
                    <span className="ml-auto shrink-0 pl-6 text-xs text-ink-dim nums">
                      {option.detail}
                    </span>
                  )}
                </Base.Item>
              )}
            </Base.List>
            <More options={options} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** That not all of them are in the list. */
function More({ options }: { options: readonly ComboboxOption[] }) {
  const shown = Base.useFilteredItems<ComboboxOption>().length;
  if (shown < mostShown || options.length <= mostShown) return null;
  return (
    <p className="shrink-0 border-t border-line px-3 py-1.5 text-2xs text-ink-dim">
      The first {mostShown} of {options.length.toLocaleString()}. Type to find the others.
    </p>
  );
}
