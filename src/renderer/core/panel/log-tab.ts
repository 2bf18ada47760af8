import type { Deployment } from '#main/features/deployments/contract.ts';
import type { LogTab } from './panel-tab.ts';

type Run = Pick<Deployment, 'id' | 'number' | 'project'>;

/** @param passing opened by browsing */
export const logTabOf = ({ id, number, project }: Run, passing = false): LogTab => ({
  ...{ kind: 'log', id, number, project: project.name, passing },
});
