import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { ShellKey } from './shell-key.tsx';
import { ShellTabs } from './shell-tabs.tsx';

const ShellCommands = lazyPart(async () => (await import('./shell-commands.tsx')).ShellCommands);

export const terminals: Feature = {
  name: 'terminals',
  slots: {
    commands: [{ order: 60, Part: ShellCommands }],
    background: [
      { order: 40, Part: ShellKey },
      { order: 41, Part: ShellTabs },
    ],
  },
  touches: { terminals: () => [api.terminals.list.key()] },
};
