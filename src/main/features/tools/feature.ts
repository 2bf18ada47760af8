import type { InstalledTools, Toolchain } from '../../engines/tools.ts';
import { feature, type Use } from '../feature.ts';

interface Needs {
  processes: InstalledTools;
  engines: { toolchains: readonly Toolchain[] };
}

/** The versions of tools that are on this machine. */
export const tools = feature({
  name: 'tools',
  async make(needs: Use<Needs>) {
    const { installed } = await needs.processes;
    const { toolchains } = await needs.engines;
    return {
      list: () =>
        Promise.all(
          toolchains.map(async ({ id: tool, label, main }) => ({
            ...{ tool, label },
            installed: await installed(main),
          })),
        ),
    };
  },
  router: async (service) => (await import('./router.ts')).toolsRouter(service),
});
