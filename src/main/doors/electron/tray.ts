import path from 'node:path';
import { app, dialog, Menu, Tray } from 'electron';
import type { Logger } from 'pino';
import { appRoot } from '../../lib/app-root.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Client } from '../host/connect-to.ts';
import { follow } from './follow.ts';
import type { MainWindow } from './main-window.ts';
import { readShellFacts, type ShellFacts, taskbarOf } from './shell-facts.ts';
import { type TrayActions, trayTemplate, trayTip } from './tray-template.ts';

/** The tray, and the number and the bar at the app's icon: what runs, seen without the window. */
export class AppTray {
  readonly #window: MainWindow;
  readonly #logger: Logger;
  #tray: Tray | undefined;

  constructor(window: MainWindow, logger: Logger) {
    this.#window = window;
    this.#logger = logger;
  }

  /** Shows what the core says until it is gone. */
  async follow(client: Client, signal: AbortSignal): Promise<void> {
    const actions = trayActions(client, this.#window);
    await follow(
      client,
      {
        topics: ['chains', 'deployments'],
        read: readShellFacts,
        told: (facts) => this.#show(facts, actions),
      },
      signal,
    );
  }

  #show(facts: ShellFacts, actions: TrayActions): void {
    const { progress, badge } = taskbarOf(facts);
    this.#window.current?.setProgressBar(progress);
    app.setBadgeCount(badge);
    try {
      this.#tray ??= new Tray(path.join(appRoot(), 'resources', 'tray', 'trayTemplate.png'));
      this.#tray.setToolTip(trayTip(facts));
      this.#tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(facts, actions)));
    } catch (error) {
      // Some desktops have no tray; everything is in the window as well.
      this.#logger.debug({ err: error }, 'there is no tray');
    }
  }
}

function trayActions(client: Client, window: MainWindow): TrayActions {
  const failed = (what: string) => (error: unknown) => dialog.showErrorBox(what, messageOf(error));
  return {
    show: (page) => window.show(page),
    snapshot: (chain) => {
      client.chains.snapshot({ chain }).catch(failed(`No snapshot of ${chain} was taken`));
    },
    revert: (chain) => {
      revert(client, chain).catch(failed(`${chain} was not reverted`));
    },
    quit: () => app.quit(),
  };
}

async function revert(client: Client, chain: string): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Revert ${chain} to where its last deployment started?`,
    detail: 'What is left behind is kept: you can go forward again.',
    buttons: ['Revert', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) await client.chains.revert({ chain });
}
