import type { DeploymentDetail, PhaseName } from '#main/features/deployments/contract.ts';
import { plural } from '../../ui/format.ts';

const doing: Record<PhaseName, string> = {
  source: 'Reading the source',
  prepare: 'Preparing',
  compile: 'Compiling',
  simulate: 'Simulating',
  broadcast: 'Broadcasting',
  record: 'Recording',
};

/** How many of a run's transactions are on the chain. */
export function landed(run: Pick<DeploymentDetail, 'transactions'>): number {
  return run.transactions.filter(({ status }) => status === 'success' || status === 'reverted')
    .length;
}

/** What a run is doing or how it ended, in a few words. */
export function runHeadline(run: DeploymentDetail): string {
  switch (run.status) {
    case 'queued':
      return 'Waiting for its turn';
    case 'running': {
      const phase = run.phases.find(({ status }) => status === 'running');
      if (!phase) return 'Starting';
      const total = run.transactions.length;
      return phase.name === 'broadcast' && total > 0
        ? `Broadcasting ${landed(run)} of ${total}`
        : doing[phase.name];
    }
    case 'cancelling':
      return 'Cancelling: ending its processes';
    case 'succeeded': {
      // The record, which knows nested contracts too, comes a moment after the last event.
      if (run.transactions.length === 0) return 'Succeeded · nothing was sent';
      const contracts =
        run.contractCount || run.transactions.filter(({ kind }) => kind !== 'call').length;
      const what =
        contracts > 0
          ? plural(contracts, 'contract')
          : plural(run.transactions.length, 'transaction');
      return run.live === false ? `Reverted · had deployed ${what}` : `Deployed ${what}`;
    }
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
    case 'interrupted':
      return 'Interrupted';
  }
}
