import { useSettings } from '../../core/queries/use-settings.ts';
import { useNow } from '../../ui/now.ts';

/** Until when no notification is shown, Unix time, ms; null: they are shown. */
export function useQuietUntil(): number | null {
  const until = useSettings().settings?.quietUntil ?? 0;
  return useNow() < until ? until : null;
}
