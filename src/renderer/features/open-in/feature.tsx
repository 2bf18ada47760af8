import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { OpenMenu } from './open-menu.tsx';

const OpenCommands = lazyPart(async () => (await import('./open-commands.tsx')).OpenCommands);
const OpenSettings = lazyPart(async () => (await import('./open-settings.tsx')).OpenSettings);

export const openIn: Feature = {
  name: 'openIn',
  slots: {
    'project.header': [{ order: 25, Part: OpenMenu }],
    'settings.sections': [{ order: 60, Part: OpenSettings }],
    commands: [{ order: 35, Part: OpenCommands }],
  },
  touches: { projects: () => [api.openIn.programs.key()] },
};
