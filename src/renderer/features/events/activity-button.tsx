import { Popover } from '@base-ui/react/popover';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { markAllSeen, useUnread } from './activity.ts';
import { ActivityList } from './activity-list.tsx';

/** The bell: the number of new events, and on a click the list. */
export function ActivityButton() {
  const [open, setOpen] = useState(false);
  const unread = useUnread();
  const change = (next: boolean) => {
    setOpen(next);
    markAllSeen();
  };
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <span className="relative inline-flex">
        <Popover.Trigger
          render={
            <IconButton
              label={unread > 0 ? `Activity, ${unread} new` : 'Activity'}
              icon={<Bell size={16} />}
            />
          }
        />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute -top-0.5 -right-0.5 flex h-3.5 min-w-3.5 items-center justify-center rounded-full bg-accent px-1 text-[9px] font-semibold text-on-accent nums"
          >
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </span>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50 outline-none">
          <Popover.Popup className="app-no-drag flex max-h-[min(30rem,80vh)] w-96 max-w-[calc(100vw-2rem)] flex-col rounded-xl border border-line-strong bg-panel shadow-pop outline-none">
            <Popover.Title className="border-b border-line px-4 py-2.5 text-sm font-semibold">
              Activity
            </Popover.Title>
            <ActivityList onOpen={() => setOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
