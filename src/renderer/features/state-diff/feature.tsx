import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { routes } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const StateDiffCommands = lazyPart(
  async () => (await import('./state-diff-commands.tsx')).StateDiffCommands,
);
const StateDiffPage = lazyPart(async () => (await import('./state-diff-page.tsx')).StateDiffPage);

export const stateDiff: Feature = {
  name: 'state-diff',
  pages: [
    {
      path: routes.stateDiff,
      Page({ params: { name = '', before = '', after = '' } }) {
        const chain = decodeURIComponent(name);
        return <StateDiffPage key={chain} chain={chain} before={before} after={after} />;
      },
    },
  ],
  slots: {
    commands: [{ order: 25, Part: StateDiffCommands }],
  },
  // What a chain does meanwhile is compared when it is asked for.
  touches: {
    snapshots: (key) => [
      api.stateDiff.compare.key({ input: typeof key === 'string' ? { chain: key } : undefined }),
    ],
  },
};
