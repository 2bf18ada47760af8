import { Autocomplete as Base } from '@base-ui/react/autocomplete';
import { ChevronsUpDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cx } from './cx.ts';
import { inputLook } from './field.tsx';

/** Something that can be put into the field. */
export interface Suggestion {
  /** What the field then holds. */
  value: string;
  name: string;
  /** Shown beside the name, e.g. a shortened value. */
  about?: string;
  /** What it is otherwise; found by it, too. */
  detail?: string;
  icon?: ReactNode;
}

export interface SuggestionGroup {
  title: string;
  items: readonly Suggestion[];
}

interface SuggestFieldProps {
  /** Its accessible name. */
  label: string;
  value: string;
  groups: readonly SuggestionGroup[];
  placeholder?: string;
  invalid?: boolean;
  describedBy?: string;
  id?: string;
  autoFocus?: boolean;
  onChange(value: string): void;
  onEnter?(): void;
}

/** Of each group; typing narrows it down. */
const mostOfGroup = 40;

/** A field for anything, with known values to pick from. What is known is shown by its name. */
export function SuggestField(props: SuggestFieldProps) {
  const { label, value, groups, onChange } = props;
  const [isFocused, setIsFocused] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const find = (text: string) =>
    groups.flatMap(({ items }) => items).find((one) => isSame(one.value, text));
  const known = find(value);
  const shown = narrowed(groups, known ? '' : value);
  const hasList = isOpen && shown.length > 0;
  /** There is nothing left to choose for one who has typed a value to its end. */
  const isTyped = ({ type, target }: Event) =>
    type === 'input' && target instanceof HTMLInputElement && find(target.value) !== undefined;
  return (
    <Base.Root
      items={shown}
      mode="none"
      value={value}
      onValueChange={(next, { event }) => {
        if (isTyped(event)) setIsOpen(false);
        onChange(next);
      }}
      itemToStringValue={(item: Suggestion) => item.value}
      open={hasList}
      onOpenChange={(open, { event }) => setIsOpen(open && !isTyped(event))}
      openOnInputClick
    >
      <div className="relative min-w-0 flex-1">
        <Base.Input
          id={props.id}
          title={known && value}
          aria-label={label}
          aria-invalid={props.invalid || undefined}
          aria-describedby={props.describedBy}
          placeholder={props.placeholder}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          autoFocus={props.autoFocus}
          onFocus={() => setIsFocused(true)}
          onBlur={() => setIsFocused(false)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !hasList) props.onEnter?.();
          }}
          className={cx(
            inputLook,
            'pr-7 font-mono text-xs',
            known && !isFocused && 'text-transparent!',
          )}
        />
        {known && !isFocused && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 right-7 left-2.5 flex items-center gap-2 overflow-hidden"
          >
            {known.icon && <span className="shrink-0 text-ink-dim">{known.icon}</span>}
            <span className="truncate text-sm">{known.name}</span>
            <span className="min-w-0 shrink-[999] truncate font-mono text-xs text-ink-dim">
              {known.about}
            </span>
          </span>
        )}
        <ChevronsUpDown
          aria-hidden="true"
          size={13}
          className="pointer-events-none absolute top-2 right-2 text-ink-dim"
        />
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-50 outline-none">
          <Base.Popup className="max-h-[min(22rem,var(--available-height))] min-w-[max(var(--anchor-width),22rem)] overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none">
            <Base.List>
              {(group: SuggestionGroup) => (
                <Base.Group key={group.title} items={[...group.items]}>
                  <Base.GroupLabel className="px-2 pt-1.5 pb-0.5 text-2xs text-ink-dim">
                    {group.title}
                  </Base.GroupLabel>
                  <Base.Collection>
                    {(item: Suggestion) => <Item key={item.value} item={item} />}
                  </Base.Collection>
                </Base.Group>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Item({ item }: { item: Suggestion }) {
  return (
    <Base.Item
      value={item}
      className="flex h-[28px] items-center gap-2 rounded-md px-2 text-sm outline-none select-none data-highlighted:bg-hover"
    >
      {item.icon && <span className="shrink-0 text-ink-dim">{item.icon}</span>}
      <span className="min-w-0 truncate">{item.name}</span>
      <span className="shrink-0 font-mono text-xs text-ink-dim">{item.about}</span>
      {item.detail && (
        <span className="ml-auto shrink-0 pl-6 text-xs text-ink-dim nums">{item.detail}</span>
      )}
    </Base.Item>
  );
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.trim().toLowerCase();

function narrowed(groups: readonly SuggestionGroup[], text: string): SuggestionGroup[] {
  const wanted = text.trim().toLowerCase();
  const fits = ({ name, detail = '', value }: Suggestion) =>
    `${name} ${detail} ${value}`.toLowerCase().includes(wanted);
  return groups
    .map(({ title, items }) => ({ title, items: items.filter(fits).slice(0, mostOfGroup) }))
    .filter(({ items }) => items.length > 0);
}
