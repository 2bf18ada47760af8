import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const KeptDefaultsSection = lazyPart(
  async () => (await import('./kept-defaults.tsx')).KeptDefaultsSection,
);

const kept = () => [api.deployDefaults.key()];

export const deployDefaults: Feature = {
  name: 'deploy-defaults',
  slots: { 'project.settings': [{ order: 35, Part: KeptDefaultsSection }] },
  touches: { deployDefaults: kept },
};
