import { Bell, BellOff } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { markAllSeen, useUnread } from './activity.ts';
import { useQuietUntil } from './use-quiet-until.ts';

const ActivityPopup = lazyPart(async () => (await import('./activity-popup.tsx')).ActivityPopup);

/** The bell: the number of new events, and on a click the list. */
export function ActivityButton() {
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const button = useRef<HTMLSpanElement>(null);
  const unread = useUnread();
  const isQuiet = useQuietUntil() !== null;
  const change = (next: boolean) => {
    setOpen(next);
    if (next) setWasOpen(true);
    markAllSeen();
  };
  return (
    <>
      <span ref={button} className="relative inline-flex">
        <IconButton
          label={unread > 0 ? `Activity, ${unread} new` : 'Activity'}
          icon={isQuiet ? <BellOff size={16} /> : <Bell size={16} />}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => change(!open)}
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
      {wasOpen && <ActivityPopup open={open} onChange={change} button={button} />}
    </>
  );
}
