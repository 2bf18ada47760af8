import { Popover } from '@base-ui/react/popover';
import type { RefObject } from 'react';
import { ActivityList } from './activity-list.tsx';
import { QuietMenu } from './quiet-menu.tsx';

interface ActivityPopupProps {
  open: boolean;
  onChange(open: boolean): void;
  /** What it belongs to: presses there are no presses outside, and it has the focus afterwards. */
  button: RefObject<HTMLElement | null>;
}

/** What has happened, over the window. */
export function ActivityPopup({ open, onChange, button }: ActivityPopupProps) {
  const change = (next: boolean, { event }: Popover.Root.ChangeEventDetails) => {
    const to = event.type === 'focusout' ? (event as FocusEvent).relatedTarget : event.target;
    const isAtButton = to instanceof Node && button.current?.contains(to) === true;
    if (!isAtButton || event.type === 'keydown') onChange(next);
  };
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={button}
          sideOffset={6}
          align="end"
          className="z-50 outline-none"
        >
          <Popover.Popup
            finalFocus={() => button.current?.querySelector('button')}
            className="app-no-drag flex max-h-[min(30rem,80vh)] w-96 max-w-[calc(100vw-2rem)] flex-col rounded-xl border border-line-strong bg-panel shadow-pop outline-none"
          >
            <div className="flex items-center justify-between border-b border-line py-1.5 pr-2 pl-4">
              <Popover.Title className="text-sm font-semibold">Activity</Popover.Title>
              <QuietMenu />
            </div>
            <ActivityList onOpen={() => onChange(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
