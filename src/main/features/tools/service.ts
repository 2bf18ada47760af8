import type { InstalledTools, Toolchain as ToolchainSpec } from '../../engines/tools.ts';
import type { Toolchain, ToolDownload } from './contract.ts';

export interface DownloadsOfTools {
  status(): ToolDownload;
  download(): Promise<void>;
}

interface Dependencies extends InstalledTools {
  toolchains: readonly ToolchainSpec[];
  /** null: the package of Drydock has left nothing out. */
  downloads: DownloadsOfTools | null;
  /** Whether the user wants containers only, which bring their own tools. */
  isInContainers: () => boolean;
}

const nothing: ToolDownload = {
  ...{ state: 'none', tools: [], received: 0 },
  ...{ total: null, problem: null },
};

export function toolsService({ installed, toolchains, downloads, isInContainers }: Dependencies) {
  const downloading = (): ToolDownload => downloads?.status() ?? nothing;
  return {
    list: (): Promise<Toolchain[]> =>
      Promise.all(
        toolchains.map(async ({ id: tool, label, main }) => ({
          ...{ tool, label },
          installed: await installed(main),
        })),
      ),

    downloading,

    /** Resolves when they are here. Throws TOOL_MISSING. */
    async download(): Promise<ToolDownload> {
      await downloads?.download();
      return downloading();
    },

    /** Brings what nothing on this machine stands in for, without being asked. */
    async begin(): Promise<void> {
      if (!downloads || downloading().state === 'none' || isInContainers()) return;
      const here = await Promise.all(toolchains.map(({ main }) => installed(main)));
      if (here.every((versions) => versions.length > 0)) return;
      // What failed is told by the status.
      downloads.download().catch(() => undefined);
    },
  };
}

export type ToolsService = ReturnType<typeof toolsService>;
