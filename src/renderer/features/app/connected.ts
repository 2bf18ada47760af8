import { toast } from 'sonner';
import { useConnection } from '../../connection-state.ts';

/**
 * Whether something may be done now; says why not. A question waits for the next connection, but
 * an action must not happen long after somebody asked for it.
 */
export function connected(): boolean {
  const { status } = useConnection.getState();
  if (status === 'open' || status === 'connecting') return true;
  toast.info('Not connected to Drydock just now, so nothing was done.', { id: 'not-connected' });
  return false;
}
