import { navigate } from 'wouter/use-browser-location';
import { api, client } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { settingsPath } from '../../core/paths.ts';
import { sendCommand } from '../../core/send-command.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const UpdateSettings = lazyPart(async () => (await import('./update-settings.tsx')).UpdateSettings);

/** What comes of it is told where updates are set. */
function checkForUpdates(): void {
  navigate(settingsPath);
  void sendCommand(() => client.updates.check());
}

export const updates: Feature = {
  name: 'updates',
  slots: { 'settings.sections': [{ order: 90, Part: UpdateSettings }] },
  dialogs: { 'check-for-updates': checkForUpdates },
  touches: { updates: () => [api.updates.key()], settings: () => [api.updates.key()] },
};
