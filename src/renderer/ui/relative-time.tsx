import { ago, dateTime } from './format.ts';
import { useNow } from './now.ts';

/** "4 s ago", kept current; the full date as its tooltip. */
export function RelativeTime({ at }: { at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={dateTime(at)} className="nums">
      {ago(at, now)}
    </time>
  );
}
