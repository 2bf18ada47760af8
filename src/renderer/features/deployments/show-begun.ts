import type { Deployment } from '#main/features/deployments/contract.ts';
import { api } from '../../client.ts';
import { queryClient } from '../app/query-client.ts';
import { useLogTabs } from './log-tabs.ts';
import { useShownRuns } from './shown-run.ts';

/** Brings a run that was just asked for to the screen: on its project's page, and its log. */
export function showBegun(run: Deployment): void {
  void queryClient.invalidateQueries({ queryKey: api.deployments.list.key() });
  void queryClient.invalidateQueries({ queryKey: api.deployments.queue.key() });
  useShownRuns.getState().show(run.project.id, run.id);
  useLogTabs.getState().open({ id: run.id, number: run.number, project: run.project.name }, false);
}
