import { z } from 'zod';
import { procedure } from '../../shared/procedure.ts';
import { settingSpec } from '../../shared/setting.ts';

/** Settings are kept as they are: a key does not belong into one. */
const sourceUrl = z
  .url({ protocol: /^https?$/, error: 'give an http or https address' })
  .max(500)
  .refine((text) => {
    // What is no address at all comes here, too, and is told so already.
    if (!URL.canParse(text)) return true;
    const { username, password, search, hash } = new URL(text);
    return username + password + search + hash === '';
  }, 'give the address alone, without a user, a query or a key');

/** The id of a program. Another machine on the same data folder may have others. */
const openWith = z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'give the id of a program, or auto');

/** Kinds of projects add further settings: texts, by their keys. */
export const settingsShape = z.looseObject({
  theme: z.enum(['system', 'dark', 'light']).default('system'),
  /** Of texts and lines; `system`: more where the system asks for it. */
  contrast: z.enum(['system', 'usual', 'more']).default('system'),
  snapshotBeforeDeploy: z.boolean().default(true),
  /** Notify when a run ends that the user is not looking at. */
  notifyWhenDone: z.boolean().default(true),
  /** Until when no notification is shown; 0: it is not quiet. */
  quietUntil: z.int().min(0).default(0).describe('Unix time, ms'),
  /** Deployments that run at the same time, over all projects. */
  concurrentRuns: z.int().min(1).max(32).default(4),
  /**
   * Where chains and deployments run; `auto`: in Docker when a daemon of this machine responds,
   * otherwise as processes.
   */
  engine: z.enum(['auto', 'docker', 'process']).default('auto'),
  /** Whether chains that start are behind the gateway; `off`: they have their ports themselves. */
  gateway: z.enum(['on', 'off']).default('on'),
  /** When the window ends, chains that run are saved and left running, or stopped. */
  chainsOnQuit: z.enum(['leave', 'stop']).default('leave'),
  /** Address of the Docker daemon, as in DOCKER_HOST; empty: look for it. */
  dockerHost: z.string().max(4096).default(''),
  /** Network of image builds; `default`: the daemon's own. */
  buildNetwork: z.enum(['default', 'host']).default('default'),
  /** File with certificates to trust besides the usual ones, as PEM; empty: none. */
  caFile: z.string().max(4096).default(''),
  /** Seconds for which a compile is kept after its last use; 0: not at all. */
  compileCacheTtl: z.int().min(0).max(2_592_000).default(3600),
  /** Where ABIs of verified contracts are asked for, when the user asks. */
  sourcifyUrl: sourceUrl.default('https://sourcify.dev/server'),
  etherscanUrl: sourceUrl.default('https://api.etherscan.io/v2/api'),
  /** Whether the installed app looks for newer versions by itself. */
  updates: z.enum(['on', 'off']).default('on'),
  updateChannel: z.enum(['latest', 'beta']).default('latest'),
  /** What projects are opened in; `auto`: the first that is found, see openIn.programs. */
  editor: openWith.default('auto'),
  terminal: openWith.default('auto'),
});
export type Settings = z.infer<typeof settingsShape>;

/** The environment variables that come before a setting, by its key. */
export const settingVariables: Readonly<Record<string, string>> = {
  engine: 'DRYDOCK_ENGINE',
  buildNetwork: 'DRYDOCK_BUILD_NETWORK',
};

const settingValue = z.union([z.string(), z.number(), z.boolean()]);

export const describedSetting = z.object({
  key: z.string(),
  value: settingValue.describe('as it is set; what a variable says comes before it'),
  default: settingValue,
  origin: z
    .enum(['default', 'here', 'environment'])
    .describe('what decides it: nobody, the user in this data folder, or a variable'),
  variable: z
    .object({ name: z.string(), value: z.string() })
    .nullable()
    .describe('the one that comes before it, of the environment of the core'),
});
export type DescribedSetting = z.infer<typeof describedSetting>;

export const settings = {
  get: procedure
    .route({ method: 'GET', path: '/settings', summary: 'All settings' })
    .output(settingsShape),
  ofKinds: procedure
    .route({
      method: 'GET',
      path: '/settings/of-kinds',
      summary: 'The settings that kinds of projects add, with their labels',
    })
    .output(z.array(settingSpec)),
  describe: procedure
    .route({
      method: 'GET',
      path: '/settings/described',
      summary: 'Each setting with its default and what decides it',
    })
    .output(z.array(describedSetting)),
  reset: procedure
    .route({
      method: 'DELETE',
      path: '/settings/{key}',
      summary: 'Go back to the default of one; without an effect where it was not set',
    })
    .input(z.object({ key: z.string().min(1).max(200) }))
    .output(settingsShape),
  set: procedure
    .route({ method: 'PATCH', path: '/settings', summary: 'Change some' })
    .input(
      z.looseObject({
        theme: z.enum(['system', 'dark', 'light']).optional(),
        contrast: z.enum(['system', 'usual', 'more']).optional(),
        snapshotBeforeDeploy: z.boolean().optional(),
        notifyWhenDone: z.boolean().optional(),
        quietUntil: z.int().min(0).optional(),
        concurrentRuns: z.int().min(1).max(32).optional(),
        engine: z.enum(['auto', 'docker', 'process']).optional(),
        gateway: z.enum(['on', 'off']).optional(),
        chainsOnQuit: z.enum(['leave', 'stop']).optional(),
        dockerHost: z.string().max(4096).optional(),
        buildNetwork: z.enum(['default', 'host']).optional(),
        caFile: z.string().max(4096).optional(),
        compileCacheTtl: z.int().min(0).max(2_592_000).optional(),
        sourcifyUrl: sourceUrl.optional(),
        etherscanUrl: sourceUrl.optional(),
        updates: z.enum(['on', 'off']).optional(),
        updateChannel: z.enum(['latest', 'beta']).optional(),
        editor: openWith.optional(),
        terminal: openWith.optional(),
      }),
    )
    .output(settingsShape),
};
