import type { Feature } from '../../core/feature/feature.ts';
import { FoundCommands } from './found-commands.tsx';

export const find: Feature = {
  name: 'find',
  slots: { commands: [{ order: 4, Part: FoundCommands }] },
};
