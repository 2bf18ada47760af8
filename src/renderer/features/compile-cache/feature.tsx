import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const CompileCache = lazyPart(async () => (await import('./compile-cache.tsx')).CompileCache);
const CompileCacheCommands = lazyPart(
  async () => (await import('./compile-cache-commands.tsx')).CompileCacheCommands,
);

const status = () => [api.compileCache.key()];

export const compileCache: Feature = {
  name: 'compile-cache',
  slots: {
    commands: [{ order: 110, Part: CompileCacheCommands }],
    'data.sections': [{ order: 10, Part: CompileCache }],
  },
  touches: { data: status, settings: status },
};
