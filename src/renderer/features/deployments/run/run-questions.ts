import type { Deployment } from '#main/features/deployments/contract.ts';
import type { Destroys } from '../../../ui/command-list.ts';

type Named = Pick<Deployment, 'number' | 'project' | 'target'>;

const nameOf = ({ project, number }: Named): string => `${project.name} #${number}`;

export const cancelQuestion = (run: Named): Destroys => ({
  question: `Cancel ${nameOf(run)}?`,
  text: 'It ends where it is. What it has sent by then stays on the chain.',
  confirm: 'Cancel the run',
});

export const dismissQuestion = (run: Named): Destroys => ({
  question: `Dismiss ${nameOf(run)}?`,
  text: 'It is no longer among those that need attention. Its record stays in the history.',
  confirm: 'Dismiss',
});
