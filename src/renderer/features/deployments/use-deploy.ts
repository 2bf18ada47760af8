import { useCallback, useSyncExternalStore } from 'react';
import { toast } from 'sonner';
import { api, client } from '../../client.ts';
import { connected } from '../app/connected.ts';
import { queryClient } from '../app/query-client.ts';
import { showProblem } from '../app/show-problem.ts';
import { useLogTabs } from './log-tabs.ts';
import { useShownRuns } from './shown-run.ts';
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
  const { ready, missing } = useChoice(project);
  const isStarting = useSyncExternalStore(subscribe, () => starting.has(project));
  const deploy = useCallback(() => {
    if (starting.has(project) || !connected()) return;
    if (!ready) {
      toast.info(missing ?? 'This project is still being read. Try again in a moment.');
      return;
    }
    setStarting(project, true);
    client.deployments
      .start(ready)
      .then((run) => {
        void queryClient.invalidateQueries({ queryKey: api.deployments.list.key() });
        useShownRuns.getState().show(project, run.id);
        useLogTabs
          .getState()
          .open({ id: run.id, number: run.number, project: run.project.name }, false);
      })
      .catch(showProblem)
      .finally(() => setStarting(project, false));
  }, [project, ready, missing]);
  return { deploy, starting: isStarting, missing };
}
