import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { ShellCommands } from './shell-commands.tsx';
import { ShellKey } from './shell-key.tsx';

export const terminals: Feature = {
  name: 'terminals',
  slots: {
    commands: [{ order: 60, Part: ShellCommands }],
    background: [{ order: 40, Part: ShellKey }],
  },
  touches: { terminals: () => [api.terminals.list.key()] },
};
