import { useCallback } from 'react';
import { toast } from 'sonner';
import { api, client } from '../../client.ts';
import { plural } from '../../ui/format.ts';
import { queryClient } from '../app/query-client.ts';
import { useAction } from '../app/use-action.ts';

/** Compares the records with what is really there, now, and says what came of it. */
export function useReconcile(): { busy: boolean; reconcile(): void } {
  const { busy, run } = useAction();
  const reconcile = useCallback(async () => {
    const repaired = await run('reconcile', () => client.doctor.reconcile());
    if (!repaired) return;
    void queryClient.invalidateQueries({ queryKey: api.doctor.repairs.key() });
    if (repaired.length === 0) toast.success('Everything is as it is recorded');
    else {
      toast.success(`Repaired ${plural(repaired.length, 'thing')}`, {
        description: repaired[0]?.text,
      });
    }
  }, [run]);
  return { busy: busy !== null, reconcile: () => void reconcile() };
}
