import { z } from 'zod';
import { procedure } from '../../kit/procedure.ts';

export const settingsShape = z.object({
  theme: z.enum(['system', 'dark', 'light']).default('system'),
  snapshotBeforeDeploy: z.boolean().default(true),
  /** Notify of the end of a run that nobody is looking at. */
  notifyWhenDone: z.boolean().default(true),
  /** Deployments that run at once, over all projects. */
  concurrentRuns: z.int().min(1).max(32).default(4),
  /** Folder with forge, anvil and cast; empty: look for them. */
  foundryPath: z.string().max(4096).default(''),
  /**
   * Where chains and deployments run; `auto`: in Docker when a daemon of this machine answers,
   * otherwise as processes.
   */
  engine: z.enum(['auto', 'docker', 'process']).default('auto'),
  /** Address of the Docker daemon, as in DOCKER_HOST; empty: look for it. */
  dockerHost: z.string().max(4096).default(''),
  /** Network of image builds; `default`: the daemon's own. */
  buildNetwork: z.enum(['default', 'host']).default('default'),
  /** File with certificates to trust besides the usual ones, as PEM; empty: none. */
  caFile: z.string().max(4096).default(''),
  /** Image to take Foundry from, e.g. `ghcr.io/foundry-rs/foundry:v1.7.1`; empty: one of our own. */
  foundryImage: z.string().max(500).default(''),
  /** Seconds for which a compile is kept after its last use; 0: none is. */
  compileCacheTtl: z.int().min(0).max(2_592_000).default(3600),
});
export type Settings = z.infer<typeof settingsShape>;

export const settings = {
  get: procedure
    .route({ method: 'GET', path: '/settings', summary: 'All settings' })
    .output(settingsShape),
  set: procedure
    .route({ method: 'PATCH', path: '/settings', summary: 'Change some' })
    .input(
      z.strictObject({
        theme: z.enum(['system', 'dark', 'light']).optional(),
        snapshotBeforeDeploy: z.boolean().optional(),
        notifyWhenDone: z.boolean().optional(),
        concurrentRuns: z.int().min(1).max(32).optional(),
        foundryPath: z.string().max(4096).optional(),
        engine: z.enum(['auto', 'docker', 'process']).optional(),
        dockerHost: z.string().max(4096).optional(),
        buildNetwork: z.enum(['default', 'host']).optional(),
        caFile: z.string().max(4096).optional(),
        foundryImage: z.string().max(500).optional(),
        compileCacheTtl: z.int().min(0).max(2_592_000).optional(),
      }),
    )
    .output(settingsShape),
};
