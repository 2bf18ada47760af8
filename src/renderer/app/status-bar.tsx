import { Link } from 'wouter';
import { type ConnectionStatus, useConnection } from '../connection-state.ts';
import { EngineState } from '../features/app/engine-state.tsx';
import { useInfo } from '../features/app/use-info.ts';
import { useChains } from '../features/chains/use-chain.ts';
import { useRunningContainers } from '../features/containers/use-containers.ts';
import { dataPath } from '../features/data/data-path.ts';
import { storageWord } from '../features/data/storage-word.ts';
import { useQueue } from '../features/deployments/use-queue.ts';
import { imagesPath } from '../features/images/images-path.ts';
import { useHitRate } from '../features/images/use-images.ts';
import { bytes, plural, shortCalendar } from '../ui/format.ts';
import { useNow } from '../ui/now.ts';
import { Spinner } from '../ui/spinner.tsx';
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
  const chains = useChains().data ?? [];
  const queue = useQueue().data;
  const containers = useRunningContainers();
  const hits = useHitRate();
  const running = queue?.running.length ?? 0;
  const waiting = queue?.waiting.length ?? 0;
  const up = chains.filter((chain) => chain.status === 'running').length;
  const { tone, word } = connection[status];
  return (
    <footer className="flex h-[26px] shrink-0 items-center gap-5 overflow-hidden border-t border-line bg-panel px-3.5 text-2xs whitespace-nowrap text-ink-soft nums">
      <span role="status" className="inline-flex items-center gap-2">
        <StateDot tone={tone} />
        {word}
      </span>
      {info && <EngineState info={info} />}
      {info && <span>{up === 0 ? 'no chain running' : `${plural(up, 'chain')} running`}</span>}
      {containers !== undefined && containers > 0 && <span>{plural(containers, 'container')}</span>}
      {hits !== null && (
        <Link href={imagesPath} className="hover:underline">
          Image cache {hits} % hits
        </Link>
      )}
      <span className="flex-1" />
      {running + waiting > 0 && (
        <span role="status" className="inline-flex items-center gap-1.5">
          <Spinner size={12} />
          {running} running{waiting > 0 && ` · ${waiting} queued`}
        </span>
      )}
      {info && info.storage !== 'ok' && (
        <Link href={dataPath} role="status" className="text-bad hover:underline">
          {storageWord[info.storage]}
        </Link>
      )}
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
