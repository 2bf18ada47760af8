import { useCallback, useSyncExternalStore } from 'react';
import { toast } from 'sonner';
import { client } from '../../client.ts';
import { connected } from '../app/connected.ts';
import { showProblem } from '../app/show-problem.ts';
import { askForArgument } from './asked-argument.ts';
import { useDraft, useDrafts } from './deploy-draft.ts';
import { showBegun } from './show-begun.ts';
import { useChoice } from './use-choice.ts';

const starting = new Set<number>();
const listeners = new Set<() => void>();

function setStarting(project: number, is: boolean): void {
  if (is) starting.add(project);
  else starting.delete(project);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Deploys a project as its form says. One call at a time for a project, whoever asks: the button,
 * the key or the palette.
 */
export function useDeploy(project: number): {
  deploy(): void;
  starting: boolean;
  missing: string | null;
} {
  const { ready, missing, wrong } = useChoice(project);
  const { retryOf } = useDraft(project);
  const change = useDrafts((state) => state.change);
  const isStarting = useSyncExternalStore(subscribe, () => starting.has(project));
  const deploy = useCallback(() => {
    if (starting.has(project) || !connected()) return;
    if (!ready) {
      if (wrong !== null) askForArgument(project, wrong);
      toast.info(missing ?? 'This project is still being read. Try again in a moment.');
      return;
    }
    setStarting(project, true);
    const { project: _, ...changes } = ready;
    const asked = retryOf
      ? client.deployments.retry({ id: retryOf.id, changes })
      : client.deployments.start(ready);
    asked
      .then((run) => {
        change(project, { retryOf: undefined });
        showBegun(run);
      })
      .catch(showProblem)
      .finally(() => setStarting(project, false));
  }, [project, ready, missing, wrong, retryOf, change]);
  return { deploy, starting: isStarting, missing };
}
