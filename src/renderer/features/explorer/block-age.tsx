import { UNDATED } from '#main/shared/block-time.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** How long ago a block was mined. `at`: Unix time, s; null: later than any date. */
export function BlockAge({ at }: { at: number | null }) {
  return at === null ? UNDATED : <RelativeTime at={at * 1000} />;
}
