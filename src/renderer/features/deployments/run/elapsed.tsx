import { duration } from '../../../ui/format.ts';
import { useNow } from '../../../ui/now.ts';

/** The elapsed time, in whole seconds, ticking. */
export function Elapsed({ since }: { since: number }) {
  const now = useNow();
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return <span className="nums">{seconds < 60 ? `${seconds} s` : duration(seconds * 1000)}</span>;
}
