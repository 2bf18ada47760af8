import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { UpdateSettings } from './update-settings.tsx';

export const updates: Feature = {
  name: 'updates',
  slots: { 'settings.sections': [{ order: 90, Part: UpdateSettings }] },
  touches: { updates: () => [api.updates.key()], settings: () => [api.updates.key()] },
};
