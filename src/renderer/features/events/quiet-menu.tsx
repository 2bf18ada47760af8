import { BellOff } from 'lucide-react';
import { useSettings } from '../../core/queries/use-settings.ts';
import { shortCalendar } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { useQuietUntil } from './use-quiet-until.ts';

const HOUR_MS = 3_600_000;
const MORNING = 8;

/** Holds back notifications for a while; what happens is still listed. */
export function QuietMenu() {
  const { change } = useSettings();
  const until = useQuietUntil();
  const quiet = (quietUntil: number) => void change({ quietUntil });
  return (
    <Menu
      label="Do not disturb"
      items={[
        ...(until === null ? [] : [{ label: 'Disturb again', onSelect: () => quiet(0) }]),
        { label: 'For an hour', onSelect: () => quiet(Date.now() + HOUR_MS) },
        { label: 'Until tomorrow morning', onSelect: () => quiet(tomorrowMorning()) },
      ]}
      className="inline-flex h-[26px] gap-1.5 px-2 text-xs text-ink-dim hover:text-ink"
    >
      <BellOff aria-hidden="true" size={13} />
      {until === null ? 'Do not disturb' : `Quiet until ${shortCalendar(until, Date.now())}`}
    </Menu>
  );
}

function tomorrowMorning(): number {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return day.setHours(MORNING, 0, 0, 0);
}
