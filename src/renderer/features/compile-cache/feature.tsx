import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { CompileCache } from './compile-cache.tsx';
import { CompileCacheCommands } from './compile-cache-commands.tsx';

const status = () => [api.compileCache.key()];

export const compileCache: Feature = {
  name: 'compile-cache',
  slots: {
    commands: [{ order: 110, Part: CompileCacheCommands }],
    'data.sections': [{ order: 10, Part: CompileCache }],
  },
  touches: { data: status, settings: status },
};
