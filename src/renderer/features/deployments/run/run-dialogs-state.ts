import { create } from 'zustand';
import type { Deployment } from '#main/features/deployments/contract.ts';

type Asked = Pick<
  Deployment,
  'id' | 'number' | 'project' | 'target' | 'family' | 'title' | 'commit' | 'dirty'
>;

interface RunDialogsState {
  /** The run that may be reverted. */
  rollback: Asked | null;
  /** The run that may be deployed again. */
  redeploy: Asked | null;
  /** A run whose folder has changed since, and the core's message about it. */
  changed: { run: Asked; message: string } | null;
}

/** Confirmations for actions on a run; shared, because many buttons open them. */
export const useRunDialogs = create<RunDialogsState>(() => ({
  rollback: null,
  redeploy: null,
  changed: null,
}));

export function askRollback(run: Asked): void {
  useRunDialogs.setState({ rollback: run });
}

export function askRedeploy(run: Asked): void {
  useRunDialogs.setState({ redeploy: run });
}

/** Asks once more, because the folder has changed since. */
export function askRedeployChanged(run: Asked, message: string): void {
  useRunDialogs.setState({ redeploy: null, changed: { run, message } });
}

export function closeRunDialogs(): void {
  useRunDialogs.setState({ rollback: null, redeploy: null, changed: null });
}
