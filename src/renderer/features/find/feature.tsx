import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const FoundCommands = lazyPart(async () => (await import('./found-commands.tsx')).FoundCommands);

export const find: Feature = {
  name: 'find',
  slots: { commands: [{ order: 4, Part: FoundCommands }] },
};
