import { create } from 'zustand';
import type { Deployment } from '#main/features/deployments/contract.ts';

type Asked = Pick<Deployment, 'id' | 'number' | 'project' | 'network' | 'commit' | 'dirty'>;

interface RunDialogsState {
  /** The run that the chain may be taken back to before. */
  rollback: Asked | null;
  /** A run whose folder has changed since, and what the core says to that. */
  changed: { run: Asked; message: string } | null;
}

/** What is asked before something is done with a run; one place, as many buttons lead to it. */
export const useRunDialogs = create<RunDialogsState>(() => ({ rollback: null, changed: null }));

export function askRollback(run: Asked): void {
  useRunDialogs.setState({ rollback: run });
}

export function askRedeploy(run: Asked, message: string): void {
  useRunDialogs.setState({ changed: { run, message } });
}

export function closeRunDialogs(): void {
  useRunDialogs.setState({ rollback: null, changed: null });
}
