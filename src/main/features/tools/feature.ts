import type { InstalledTools, Toolchain } from '../../engines/tools.ts';
import { feature, type Use } from '../feature.ts';
import { type DownloadsOfTools, toolsService } from './service.ts';

interface Needs {
  processes: InstalledTools;
  toolDownloads: { of: DownloadsOfTools | null };
  engines: { toolchains: readonly Toolchain[]; wanted: () => string };
}

/** The versions of tools that are on this machine, and the download of those that are not. */
export const tools = feature({
  name: 'tools',
  async make(needs: Use<Needs>) {
    const { toolchains, wanted } = await needs.engines;
    return toolsService({
      installed: (await needs.processes).installed,
      ...{ toolchains, downloads: (await needs.toolDownloads).of },
      isInContainers: () => wanted() === 'docker',
    });
  },
  router: async (service) => (await import('./router.ts')).toolsRouter(service),
  start: (service) => service.begin(),
});
