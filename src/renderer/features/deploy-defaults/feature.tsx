import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { KeptDefaultsSection } from './kept-defaults.tsx';

const kept = () => [api.deployDefaults.key()];

export const deployDefaults: Feature = {
  name: 'deploy-defaults',
  slots: { 'project.settings': [{ order: 35, Part: KeptDefaultsSection }] },
  touches: { deployDefaults: kept },
};
