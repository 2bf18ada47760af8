import { Settings } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { settingsPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const SettingsPage = lazyPart(async () => (await import('./settings-page.tsx')).SettingsPage);

export const settings: Feature = {
  name: 'settings',
  pages: [{ path: settingsPath, Page: SettingsPage }],
  places: [{ title: 'Settings', path: settingsPath, Icon: Settings }],
  touches: { settings: () => [api.settings.key(), api.abiSources.key()] },
};
