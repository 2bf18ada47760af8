import type { Logger } from 'pino';
import { dataFolderError } from './db/open.ts';
import { features } from './features/all.ts';
import { coreContext } from './features/app/context.ts';
import { type CoreOptions, openCore } from './features/app/open-core.ts';
import type { Context } from './lib/declared-errors.ts';
import type { Seal } from './lib/secrets/seal.ts';
import type { Access } from './shared/access.ts';

export type Router = ReturnType<typeof features.open>['router'];

export interface App {
  readonly home: string;
  readonly logger: Logger;
  readonly router: Router;
  /** What every call of a door gets; the door adds what only it can do. */
  readonly context: Context;
  /** Whom the host lets in. */
  access(): Promise<Access>;
  /**
   * Makes every feature and the records true, and begins what goes on for as long as a door stays
   * open. Calls wait for what they need of it; without it, they make that themselves. Rejects when
   * a feature can not be made.
   */
  prepare(): Promise<void>;
  /**
   * Seals anew, under the key of all doors, what the window has sealed under its own. A kill in
   * between leaves all of it as it was. Returns of how many networks and webhooks.
   */
  moveSecretsOfWindow(window: Pick<Seal, 'open'>): Promise<number>;
  /** Ends what runs here and closes the database. Chains go on. */
  close(): Promise<void>;
}

/** Opens a data folder, with everything that works on it. Rejects with DATA_FOLDER_UNUSABLE, CORE_RUNNING. */
export async function openApp(options: CoreOptions): Promise<App> {
  try {
    return await opened(options);
  } catch (error) {
    throw dataFolderError(error, options.home) ?? error;
  }
}

async function opened(options: CoreOptions): Promise<App> {
  const core = await openCore(options);
  const open = features.open(core);
  return {
    home: core.home,
    logger: core.logger,
    router: open.router,
    context: { ...coreContext(core), notes: () => open.get('audit') },
    access: () => open.get('tokens'),
    prepare: () => open.prepare(),
    moveSecretsOfWindow: async (window) => (await open.get('secrets')).moveOfWindow(window),
    async close() {
      try {
        await open.close();
      } finally {
        core.close();
      }
    },
  };
}
