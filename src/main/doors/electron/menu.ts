import path from 'node:path';
import { app, Menu, shell } from 'electron';
import type { Logger } from 'pino';
import type { Client } from '../host/connect-to.ts';
import { addPage } from './address.ts';
import { follow } from './follow.ts';
import type { MainWindow } from './main-window.ts';
import { deployPage, type MenuActions, type MenuFacts, menuTemplate } from './menu-template.ts';

export interface MenuOptions {
  home: string;
  window: MainWindow;
  logger: Logger;
  /** Opens the description of the API in the browser. */
  openReference(): Promise<void>;
}

/** The menu of the app. It can be used before there is a core; its list of folders comes with it. */
export class AppMenu {
  readonly #actions: MenuActions;
  readonly #known = new Set<string>();

  constructor(options: MenuOptions) {
    this.#actions = actions(options);
    this.#set([]);
  }

  /** Lists the folders that were added last, from now on. */
  async follow(client: Client, signal: AbortSignal): Promise<void> {
    await follow(
      client,
      {
        topics: ['projects'],
        read: async () =>
          (await client.projects.list()).toSorted((one, other) => other.addedAt - one.addedAt),
        told: (recent) => {
          this.#set(recent);
          this.#tellSystem(recent);
        },
      },
      signal,
    );
  }

  #set(recent: MenuFacts['recent']): void {
    const facts = { platform: process.platform, isPackaged: app.isPackaged, recent };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(facts, this.#actions)));
  }

  /** For the lists that macOS and Windows keep themselves, the newest last. */
  #tellSystem(recent: MenuFacts['recent']): void {
    for (const { path: folder } of recent.toReversed()) {
      if (this.#known.has(folder)) continue;
      this.#known.add(folder);
      app.addRecentDocument(folder);
    }
  }
}

function actions({ home, window, logger, openReference }: MenuOptions): MenuActions {
  const failed = (error: unknown) => logger.warn({ err: error }, 'an item of the menu failed');
  return {
    show: (page) => window.show(page),
    newDeployment: () => window.show(deployPage(window.address)),
    addFolder: () => window.show(addPage()),
    openDataFolder: () => {
      // Resolves with what was the matter, or nothing.
      shell.openPath(home).then((problem) => problem && failed(new Error(problem)), failed);
    },
    revealLogs: () => shell.showItemInFolder(path.join(home, 'logs', 'drydock.log')),
    openReference: () => void openReference().catch(failed),
  };
}
