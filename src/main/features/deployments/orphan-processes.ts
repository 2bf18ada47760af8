import type { Engines } from '../../engines/engines.ts';
import { AppError } from '../../shared/errors.ts';
import type { DeploymentRow } from './row.ts';

export interface OrphanDependencies {
  engines: Engines;
  /** The mark of the run's processes. */
  job: string;
}

/**
 * Ends what a run left running. Returns false when it can't be determined whether all of it ended.
 */
export async function endProcesses(
  { process }: Pick<DeploymentRow, 'process'>,
  { engines, job }: OrphanDependencies,
): Promise<boolean> {
  try {
    await engines.endOrphan({ ref: process, job });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'ENGINE_UNAVAILABLE') return false;
    throw error;
  }
}

/** Marks every process of a run, so that it can be found without its parent. */
export const jobOf = (folderId: string, id: number): string => `${folderId}-deployment-${id}`;
