import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { OpenCommands } from './open-commands.tsx';
import { OpenMenu } from './open-menu.tsx';
import { OpenSettings } from './open-settings.tsx';

export const openIn: Feature = {
  name: 'openIn',
  slots: {
    'project.header': [{ order: 25, Part: OpenMenu }],
    'settings.sections': [{ order: 60, Part: OpenSettings }],
    commands: [{ order: 35, Part: OpenCommands }],
  },
  touches: { projects: () => [api.openIn.programs.key()] },
};
