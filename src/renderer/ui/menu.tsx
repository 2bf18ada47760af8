import { Ellipsis } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { cx } from './cx.ts';
import { lazyPart } from './lazy-part.tsx';
import type { MenuItem } from './menu-items.ts';
import type { MenuPlace } from './menu-popup.tsx';

const Popup = lazyPart(async () => (await import('./menu-popup.tsx')).MenuPopup);

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  className?: string;
  /** What is pressed, with its accessible name in it; three dots unless told otherwise. */
  children?: ReactNode;
}

const dotsLook = 'inline-flex size-[26px] justify-center text-ink-dim hover:text-ink';

/** Further actions, behind three dots. */
export function Menu({ label, items, className, children }: MenuProps) {
  const id = useId();
  const [place, setPlace] = useState<MenuPlace>();
  const [open, setOpen] = useState(false);
  const show = (at: Element, first: MenuPlace['first']) => {
    setPlace({ at, first });
    setOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    show(event.currentTarget, event.key === 'ArrowDown' ? 'first' : 'last');
  };
  return (
    <>
      <button
        type="button"
        aria-label={children === undefined ? label : undefined}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-popup-open={open ? '' : undefined}
        // A click without a press is one of the keyboard.
        onClick={({ currentTarget, detail }) =>
          open ? setOpen(false) : show(currentTarget, detail === 0 ? 'first' : undefined)
        }
        onKeyDown={onKeyDown}
        className={cx(
          'shrink-0 items-center rounded-md hover:bg-hover data-popup-open:bg-hover',
          children === undefined && dotsLook,
          className,
        )}
      >
        {children ?? <Ellipsis aria-hidden="true" size={16} />}
      </button>
      {place && (
        <Popup
          id={id}
          label={label}
          items={items}
          place={place}
          open={open}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
