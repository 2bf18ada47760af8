import { useCallback } from 'react';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { plural } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';

/** Compares the records with the actual state, and reports the result. */
export function useReconcile(): { busy: boolean; reconcile(): void } {
  const { busy, run } = useCommands();
  const reconcile = useCallback(async () => {
    const repaired = await run('reconcile', () => client.doctor.reconcile());
    if (!repaired) return;
    if (repaired.length === 0) toast.success('Everything is as it is recorded');
    else {
      toast.success(`Repaired ${plural(repaired.length, 'thing')}`, {
        description: repaired[0]?.text,
      });
    }
  }, [run]);
  return { busy: busy !== null, reconcile: () => void reconcile() };
}
