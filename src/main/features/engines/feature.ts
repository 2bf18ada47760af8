import path from 'node:path';
import type { Engine } from '../../engines/engine.ts';
import type { EngineChoice } from '../../engines/engines.ts';
import type { ImageUse, ProjectImage } from '../../engines/images.ts';
import { leftOutPackages } from '../../engines/left-out.ts';
import type { ToolDownloads } from '../../engines/process/tool-downloads.ts';
import type { DownloadedTools, InstalledTools } from '../../engines/tools.ts';
import { kindSpecs } from '../../kinds/specs.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { Settings } from '../settings/contract.ts';
import { allToolchains, allTools, machineChecks } from './machine.ts';

interface DownloadNeeds {
  settings: { get: () => Settings };
}

/** The tools that the package of Drydock has left out; null: none. */
export const toolDownloads = feature({
  name: 'toolDownloads',
  async make(needs: Use<DownloadNeeds>, core: Core): Promise<{ of: ToolDownloads | null }> {
    const leftOut = core.leftOut ?? leftOutPackages();
    if (leftOut.length === 0) return { of: null };
    const { ToolDownloads } = await import('../../engines/process/tool-downloads.ts');
    const { get } = await needs.settings;
    const { home, owner, changed, secrets, logger } = core;
    return {
      of: new ToolDownloads({
        ...{ folder: path.join(home, 'tools'), tools: allTools, leftOut, owner, logger },
        caFile: () => get().caFile,
        changed: () => changed({ topic: 'tools' }),
        mask: (text) => secrets.mask(text),
      }),
    };
  },
  close: ({ of }) => of?.close(),
});

interface ProcessNeeds extends DownloadNeeds {
  settings: { get: () => Settings; textOf: (key: string) => string };
  toolDownloads: { of: DownloadedTools | null };
}

/** Runs programs of this machine. */
export const processes = feature({
  name: 'processes',
  async make(needs: Use<ProcessNeeds>) {
    const { processEngine } = await import('../../engines/process/process-engine.ts');
    const settings = await needs.settings;
    const { of: downloads } = await needs.toolDownloads;
    return processEngine({
      ...{ tools: allTools, setting: settings.textOf },
      ...(downloads ? { downloads } : {}),
    });
  },
});

interface Needs extends ProcessNeeds {
  processes: Engine & InstalledTools;
  projectRecords: { imageOf: (project: number) => ProjectImage };
  imageCache: { used: (use: ImageUse) => void };
  secrets: { mask: (text: string) => string };
}

/** Docker and processes, and the choice between them. */
export const engines = feature({
  name: 'engines',
  async make(needs: Use<Needs>, core: Core) {
    const { openDocker } = await import('../../engines/docker/open-docker.ts');
    const { engines: enginesOf } = await import('../../engines/engines.ts');
    const settings = await needs.settings;
    const { imageOf } = await needs.projectRecords;
    const { used } = await needs.imageCache;
    const { mask } = await needs.secrets;
    const reuses = process.env.CONTAINER_REUSE_ENABLED !== 'false';
    const docker = openDocker({
      dataFolder: core.home,
      settings: settings.get,
      images: kindSpecs.images,
      tools: allTools,
      setting: settings.textOf,
      imageOf,
      mask,
      imageUsed: used,
      reuse: () => reuses,
      changed: () => core.changed({ topic: 'engine' }),
      platform: core.platform,
      containersChanged: () => core.changed({ topic: 'containers' }),
    });
    const wanted = () => core.engine ?? engineOf(process.env) ?? settings.get().engine;
    const processes = await needs.processes;
    const all = enginesOf({
      process: processes,
      docker: docker.engine,
      choice: wanted,
    });
    let stopLooking: (() => void) | undefined;
    return {
      all,
      wanted,
      /** Whether containers are used again. */
      reuses,
      images: docker.images,
      toolchains: allToolchains,
      containers: docker.containers,
      docker: docker.engine,
      services: docker.services,
      dockerState: docker.state,
      lookAtDocker: docker.look,
      checks: machineChecks({
        dataFolder: core.home,
        engine: processes,
        lookAtDocker: docker.look,
      }),
      forgetWorkspace: docker.engine.forget,
      async begin() {
        const { stopIdleWorkspaces } = await import('../../engines/docker/stop-idle.ts');
        docker.watch();
        stopLooking = stopIdleWorkspaces(docker.engine, core.logger);
      },
      close() {
        stopLooking?.();
        docker.close();
      },
    };
  },
  on: {
    'project.removed': ({ forgetWorkspace }, { project }) => forgetWorkspace(project.id),
  },
  start: (made) => made.begin(),
  close: (made) => made.close(),
});

/** DRYDOCK_ENGINE, for machines that are not to be asked. */
function engineOf(env: NodeJS.ProcessEnv): EngineChoice | undefined {
  const name = env.DRYDOCK_ENGINE;
  return name === 'auto' || name === 'docker' || name === 'process' ? name : undefined;
}
