import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';

const all = () => [api.contracts.key()];

export const contracts: Feature = {
  name: 'contracts',
  touches: { deployments: all, snapshots: all, networks: all, projects: all },
};
