import { type ConnectionStatus, useConnection } from '../core/connection/connection-state.ts';
import { EngineState } from '../core/engine/engine-state.tsx';
import { Slot } from '../core/feature/slot.tsx';
import { useInfo } from '../core/queries/use-info.ts';
import { bytes, shortCalendar } from '../ui/format.ts';
import { useNow } from '../ui/now.ts';
import { StateDot, type Tone } from '../ui/state-dot.tsx';

const connection: Record<ConnectionStatus, { tone: Tone; word: string }> = {
  connecting: { tone: 'active', word: 'Connecting…' },
  open: { tone: 'ok', word: 'Connected' },
  reconnecting: { tone: 'warn', word: 'Reconnecting…' },
  ended: { tone: 'bad', word: 'Drydock has ended' },
  refused: { tone: 'bad', word: 'Opened with an old key' },
};

export function StatusBar() {
  const status = useConnection((state) => state.status);
  const info = useInfo().data;
  const now = useNow();
  const { tone, word } = connection[status];
  return (
    <footer className="flex h-[26px] shrink-0 items-center gap-5 overflow-hidden border-t border-line bg-panel px-3.5 text-2xs whitespace-nowrap text-ink-soft nums">
      <span role="status" className="inline-flex items-center gap-2">
        <StateDot tone={tone} />
        {word}
      </span>
      {info && <EngineState info={info} />}
      <Slot name="status.start" />
      <span className="flex-1" />
      <Slot name="status.end" />
      {info && (
        <span>
          SQLite {bytes(info.databaseBytes)}
          {info.backedUpAt !== null && ` · backed up ${shortCalendar(info.backedUpAt, now)}`}
        </span>
      )}
      {info && <span className="text-ink-dim">{info.version}</span>}
    </footer>
  );
}
