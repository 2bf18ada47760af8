import type { Deployment, Rollback } from '#main/features/deployments/contract.ts';
import { plural } from '../../../ui/format.ts';

type Run = Pick<Deployment, 'number' | 'project' | 'target' | 'family'>;

interface RollbackWords {
  title: string;
  /** Its effect, before the plan is known. */
  about: string;
  /** What is removed, and what is restored. */
  goes(plan: Rollback): string;
  /** What stays. */
  stays: string;
  keep: string;
  done(plan: Rollback): string;
  /** What else the user has to do then. */
  afterwards?: string;
}

const chainWords = (run: Run): RollbackWords => ({
  title: `Roll back to before ${run.project.name} #${run.number}?`,
  about: `${run.target} goes back to how it was before this run.`,
  goes: ({ snapshot }) => `Everything on ${run.target} since “${snapshot?.name}” goes.`,
  stays:
    'The records stay, marked as reverted. The chain as it is now is kept as a snapshot first: going there brings everything back.',
  keep: 'Keep the chain as it is',
  done: ({ snapshot, gone }) =>
    `${run.target} is back at “${snapshot?.name}”${gone.length > 0 ? ` · ${plural(gone.length, 'deployment')} taken back` : ''}`,
  afterwards:
    'A wallet that sent transactions here still counts them: reset this account’s nonce in it.',
});

const releaseWords = ({ number, project }: Run): RollbackWords => ({
  title: `Roll back ${project.name} #${number}?`,
  about: 'What it runs is stopped; an earlier release serves again, if one is left.',
  goes: ({ back }) =>
    back
      ? `#${number} is stopped, and #${back.number} serves again as it was deployed.`
      : `#${number} is stopped. No earlier release is left that could serve instead of it.`,
  stays: 'Its record and its log stay. Redeploy it to have it again.',
  keep: 'Keep it running',
  done: ({ back }) =>
    back ? `${project.name} #${back.number} serves again` : `${project.name} #${number} is stopped`,
});

/** How the window asks about a revert or rollback of a run, and reports it. */
export const rollbackWords = (run: Run): RollbackWords =>
  run.family === 'contracts' ? chainWords(run) : releaseWords(run);
