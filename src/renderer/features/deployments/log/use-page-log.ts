import { useEffect } from 'react';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { logTabOf } from '../../../core/panel/log-tab.ts';
import { changeTabs } from '../../../core/panel/panel-store.ts';
import { followed } from '../../../core/panel/panel-tabs.ts';

/** Brings the log of the run that a page shows to the front, once that is known. */
export function usePageLog(run: DeploymentDetail | null): void {
  const id = run?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the run changes with each of its events
  useEffect(() => {
    if (run) changeTabs(followed, logTabOf(run, true));
  }, [id]);
}
