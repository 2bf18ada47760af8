import { Menu as Base } from '@base-ui/react/menu';
import { type FocusEvent, useMemo, useRef } from 'react';
import { cx } from './cx.ts';
import type { MenuItem } from './menu-items.ts';

/** What a menu opens at, another one each time, and which of its items has the focus at first: none, after a press. */
export interface MenuPlace {
  at: Element | DOMRect;
  first?: 'first' | 'last';
}

interface MenuPopupProps {
  id?: string;
  /** Its accessible name. */
  label: string;
  items: readonly MenuItem[];
  place: MenuPlace;
  open: boolean;
  onClose(): void;
  /** Puts the focus where it belongs afterwards; missing: where it was, unless it has gone on. */
  onClosed?: () => void;
}

/** The items of a menu, over the window. */
export function MenuPopup(props: MenuPopupProps) {
  const { id, label, items, place, open, onClose, onClosed } = props;
  const { at, first } = place;
  const isPoint = at instanceof DOMRect;
  const anchor = useMemo(
    () => (at instanceof DOMRect ? { getBoundingClientRect: () => at } : at),
    [at],
  );
  const finalFocus = () => {
    onClosed?.();
    return false;
  };
  // An opening puts the focus on the list, which hands it on once.
  const handedOn = useRef<MenuPlace>(undefined);
  const handOn = ({ target, currentTarget }: FocusEvent) => {
    if (!first || target !== currentTarget || handedOn.current === place) return;
    handedOn.current = place;
    const enabled = '[role="menuitem"]:not([data-disabled])';
    const all = [...currentTarget.querySelectorAll<HTMLElement>(enabled)];
    all.at(first === 'first' ? 0 : -1)?.focus();
  };
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          positionMethod={isPoint ? 'fixed' : 'absolute'}
          sideOffset={isPoint ? 0 : 4}
          align={isPoint ? 'start' : 'end'}
          className="z-50 outline-none"
        >
          <Base.Popup
            id={id}
            onFocus={handOn}
            aria-label={label}
            finalFocus={onClosed ? finalFocus : true}
            className="min-w-44 rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none"
          >
            {items.map((item) => (
              <Base.Item
                key={item.label}
                disabled={item.disabled}
                onClick={item.onSelect}
                className={cx(
                  'flex h-[28px] items-center gap-2 rounded-md px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover',
                  item.danger ? 'text-bad' : 'text-ink',
                )}
              >
                {item.icon}
                {item.label}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
