import type { Deployment } from '#main/features/deployments/contract.ts';
import { useLogTabs } from '../../../core/panel/log-tabs.ts';
import { closeForm } from '../request/form-open.ts';
import { useShownRuns } from './shown-run.ts';

/** Shows a run that was just requested: on its project's page, where it leads, with its log. */
export function showBegun(run: Deployment): void {
  useShownRuns.getState().show(run.project.id, run.id);
  closeForm(run.project.id);
  useLogTabs.getState().open({ id: run.id, number: run.number, project: run.project.name }, false);
}
