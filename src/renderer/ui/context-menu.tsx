import {
  cloneElement,
  type HTMLAttributes,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type TouchEvent,
  useRef,
  useState,
} from 'react';
import { lazyPart } from './lazy-part.tsx';
import type { MenuItem } from './menu-items.ts';

const Popup = lazyPart(async () => (await import('./menu-popup.tsx')).MenuPopup);

interface ContextMenuProps {
  /** Its accessible name. */
  label: string;
  /** Called when it opens. */
  items(): readonly MenuItem[];
  /** Puts the focus where it belongs once the menu is closed; missing: where it was before. */
  onClosed?: () => void;
  /** What it opens over; a `div` unless told otherwise. */
  render?: ReactElement<HTMLAttributes<HTMLElement>>;
  className?: string;
  children: ReactNode;
}

/** Where a browser tells nothing of a long press. */
const LONG_PRESS_MS = 500;
/** How far a finger may move meanwhile, px. */
const STEADY_PX = 10;

/** Actions on what is pointed at, opened by a right click, a long press or the menu key. */
export function ContextMenu(props: ContextMenuProps) {
  const { label, items, onClosed, render = <div />, className, children } = props;
  const [shown, setShown] = useState<{ items: readonly MenuItem[]; at: DOMRect }>();
  const [open, setOpen] = useState(false);
  const show = (x: number, y: number) => {
    setShown({ items: items(), at: new DOMRect(x, y, 0, 0) });
    setOpen(true);
  };
  const longPress = useLongPress(show);
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    longPress.onTouchEnd();
    show(event.clientX, event.clientY);
  };
  return (
    <>
      {cloneElement(
        render,
        {
          ...longPress,
          onContextMenu,
          className,
          ...{ 'data-popup-open': open ? '' : undefined },
        },
        children,
      )}
      {shown && (
        <Popup
          label={label}
          items={shown.items}
          place={shown}
          open={open}
          onClose={() => setOpen(false)}
          onClosed={onClosed}
        />
      )}
    </>
  );
}

function useLongPress(show: (x: number, y: number) => void) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined);
  const cancel = () => clearTimeout(press.current?.timer);
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      cancel();
      const touch = touches[0];
      if (!touch || touches.length > 1) return;
      const { clientX: x, clientY: y } = touch;
      press.current = { x, y, timer: setTimeout(() => show(x, y), LONG_PRESS_MS) };
    },
    onTouchMove: ({ touches }: TouchEvent) => {
      const touch = touches[0];
      const { x, y } = press.current ?? { x: 0, y: 0 };
      if (touch && Math.hypot(touch.clientX - x, touch.clientY - y) > STEADY_PX) cancel();
    },
    onTouchEnd: cancel,
    onTouchCancel: cancel,
  };
}
