import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { laterPart, lazyPart } from '../../ui/lazy-part.tsx';

const EnvironmentTab = lazyPart(async () => (await import('./environment-tab.tsx')).EnvironmentTab);
const EnvironmentCommands = lazyPart(
  async () => (await import('./environment-commands.tsx')).EnvironmentCommands,
);
const EnvironmentDialogs = laterPart(
  async () => (await import('./environment-dialogs.tsx')).EnvironmentDialogs,
);
const MissingVariables = lazyPart(
  async () => (await import('./missing-variables.tsx')).MissingVariables,
);

const variables = () => [api.environments.key()];

export const environments: Feature = {
  name: 'environments',
  projectTabs: [{ id: 'environment', label: 'Environment', order: 35, Tab: EnvironmentTab }],
  slots: {
    commands: [{ order: 25, Part: EnvironmentCommands }],
    overlays: [{ order: 45, Part: EnvironmentDialogs }],
    'deploy.notices': [{ order: 10, Part: MissingVariables }],
  },
  touches: { variables, networks: variables, projects: variables },
};
