import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { ShellKey } from './shell-key.tsx';

const ShellCommands = lazyPart(async () => (await import('./shell-commands.tsx')).ShellCommands);

export const terminals: Feature = {
  name: 'terminals',
  slots: {
    commands: [{ order: 60, Part: ShellCommands }],
    background: [{ order: 40, Part: ShellKey }],
  },
  touches: { terminals: () => [api.terminals.list.key()] },
};
