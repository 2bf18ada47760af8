import { toast } from '../../ui/toast.ts';
import { useConnection } from './connection-state.ts';

/**
 * Whether an action is possible now; explains if not. A query waits for the next connection, but an
 * action must not happen long after the user's click.
 */
export function connected(): boolean {
  const { status } = useConnection.getState();
  if (status === 'open' || status === 'connecting') return true;
  toast.info('Not connected to Drydock just now, so nothing was done.', { id: 'not-connected' });
  return false;
}
