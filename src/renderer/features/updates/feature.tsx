import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../core/feature/lazy-part.tsx';

const UpdateSettings = lazyPart(async () => (await import('./update-settings.tsx')).UpdateSettings);

export const updates: Feature = {
  name: 'updates',
  slots: { 'settings.sections': [{ order: 90, Part: UpdateSettings }] },
  touches: { updates: () => [api.updates.key()], settings: () => [api.updates.key()] },
};
