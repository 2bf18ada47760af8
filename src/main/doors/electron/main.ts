import path from 'node:path';
import { app, dialog, protocol, session } from 'electron';
import { appRoot } from '../../lib/app-root.ts';
import { resolveHome } from '../../lib/data-home.ts';
import { openLogger } from '../../lib/logger.ts';
import { searchPathOnly } from '../../lib/program-search.ts';
import { messageOf } from '../../shared/errors.ts';
import { findHost } from '../host/discovery-file.ts';
import { pagesOrigin, scheme } from './address.ts';
import { connectPages } from './connect.ts';
import { Cores } from './cores.ts';
import { followDropped } from './dropped.ts';
import { followOpening } from './follow-opening.ts';
import { lockDown } from './lockdown.ts';
import { MainWindow } from './main-window.ts';
import { AppMenu } from './menu.ts';
import { Notifications } from './notify.ts';
import { openOutside } from './outside.ts';
import { servePages } from './pages.ts';
import { followPower } from './power.ts';
import { putAwayWhenQuitting } from './quit.ts';
import { keepCrashReports, recoverPages, surviveErrors } from './recovery.ts';
import { referenceAddress } from './reference.ts';
import { type HandedOver, ownArguments } from './start-arguments.ts';
import { AppTray } from './tray.ts';

/** The desktop app: one window, and the core that serves it. */
export function main(): void {
  searchPathOnly();
  const home = resolveHome();
  // One window for a data folder: Electron's own files, and with them its lock, lie inside of it.
  app.setPath('userData', path.join(home, 'electron'));
  const asked: HandedOver = {
    args: ownArguments(process.argv, app.isPackaged),
    cwd: process.cwd(),
  };
  if (!app.requestSingleInstanceLock(asked)) {
    app.quit();
    return;
  }
  app.enableSandbox();
  keepCrashReports(home);
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  run(home, asked).catch(couldNotStart);
}

function couldNotStart(error: unknown): void {
  dialog.showErrorBox('Drydock could not start', messageOf(error));
  app.exit(1);
}

async function run(home: string, asked: HandedOver): Promise<void> {
  const origin = pagesOrigin(app.isPackaged, process.env.ELECTRON_RENDERER_URL);
  const logger = openLogger(home);
  surviveErrors(logger);
  recoverPages(logger);
  const window = new MainWindow({ home, origin, isPackaged: app.isPackaged });
  const requests = followOpening(logger, window, asked);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  await app.whenReady();
  lockDown(app, session.defaultSession, {
    origin,
    openOutside: (address) => openOutside(address, logger),
  });
  servePages(session.defaultSession, path.join(appRoot(), 'out', 'renderer'));
  const menu = new AppMenu({
    home,
    window,
    logger,
    async openReference() {
      const found = await findHost(home);
      if (found) openOutside(await referenceAddress(found), logger);
    },
  });

  const cores = new Cores({ home, logger });
  connectPages({ cores, origin, window, logger });
  const tray = new AppTray(window, logger);
  const notifications = new Notifications(
    {
      isLookedAt: () => window.current?.isFocused() ?? false,
      show: (page) => window.show(page),
    },
    logger,
  );
  cores.onCore((core, signal) => {
    void menu.follow(core.client, signal);
    void tray.follow(core.client, signal);
    void notifications.follow(core.client, signal);
  });
  followDropped({ window, origin, requests, logger });
  followPower(() => cores.current?.client, logger);
  putAwayWhenQuitting(() => cores.close());
  await cores.open();

  app.on('activate', () => window.show());
  requests.begin(window);
}
