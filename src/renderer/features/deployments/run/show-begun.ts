import type { Deployment } from '#main/features/deployments/contract.ts';
import { logTabOf } from '../../../core/panel/log-tab.ts';
import { changeTabs } from '../../../core/panel/panel-store.ts';
import { followed } from '../../../core/panel/panel-tabs.ts';
import { closeForm } from '../request/form-open.ts';
import { useShownRuns } from './shown-run.ts';

/** Shows a run that was just requested: on its project's page, where it leads, with its log. */
export function showBegun(run: Deployment): void {
  useShownRuns.getState().show(run.project.id, run.id);
  closeForm(run.project.id);
  changeTabs(followed, logTabOf(run));
}
