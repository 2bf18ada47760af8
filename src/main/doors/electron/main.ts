import path from 'node:path';
import { app, type BrowserWindow, dialog, protocol, session } from 'electron';
import { type App, openApp } from '../../app.ts';
import { appRoot } from '../../lib/app-root.ts';
import { resolveHome } from '../../lib/data-home.ts';
import { openLogger } from '../../lib/logger.ts';
import { messageOf } from '../../shared/errors.ts';
import { findHost } from '../host/discovery-file.ts';
import { type Host, startHost } from '../host/start-host.ts';
import { pageAddress, pagesOrigin, scheme } from './address.ts';
import { connectPages } from './connect.ts';
import { lockDown } from './lockdown.ts';
import { setMenu } from './menu.ts';
import { notifier } from './notify.ts';
import { servePages } from './pages.ts';
import { openWindow } from './window.ts';
import { windowKey } from './window-key.ts';

/** The desktop app: one window, the core in this process, and a host for the command line. */
export function main(): void {
  const home = resolveHome();
  // One window for a data folder: Electron's own files, and with them its lock, lie inside of it.
  app.setPath('userData', path.join(home, 'electron'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  run(home).catch(couldNotStart);
}

function couldNotStart(error: unknown): void {
  dialog.showErrorBox('Drydock could not start', messageOf(error));
  app.exit(1);
}

async function run(home: string): Promise<void> {
  const origin = pagesOrigin(app.isPackaged, process.env.ELECTRON_RENDERER_URL);
  const logger = openLogger(home);
  let window: BrowserWindow | undefined;
  const show = () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  };
  app.on('second-instance', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  await app.whenReady();
  lockDown(app, session.defaultSession, origin);
  servePages(session.defaultSession, path.join(appRoot(), 'out', 'renderer'));
  setMenu(app);

  const core = openApp({
    home,
    logger,
    follow: true,
    notify: notifier({
      window: () => window,
      show: (page) => {
        if (!window) return open(page);
        window.loadURL(pageAddress(origin, page)).catch(() => undefined);
        show();
      },
    }),
  });
  void moveSecrets(core);
  const host = await serveCommandLine(core);
  closeWhenQuitting(core, host);
  connectPages({ app: core, origin, window: () => window });

  const open = (page?: string) => {
    window = openWindow({ home, origin, isPackaged: app.isPackaged, page });
    window.once('closed', () => {
      window = undefined;
    });
  };
  app.on('activate', () => {
    if (!window) open();
  });
  open();
  core.prepare().catch(couldNotStart);
}

/** Beside everything else: a locked keychain holds up nothing but the secrets in it. */
async function moveSecrets(core: App): Promise<void> {
  try {
    const window = await windowKey(core.home);
    const moved = window ? await core.moveSecretsOfWindow(window) : 0;
    if (moved > 0) core.logger.info({ moved }, 'secrets of the keychain are sealed for every door');
  } catch (error) {
    core.logger.warn({ err: error }, 'what the keychain sealed can not be read');
  }
}

/** Lets commands use this core. The window is worth more: without a host it works all the same. */
async function serveCommandLine(core: App): Promise<Host | null> {
  if (await findHost(core.home)) return null;
  try {
    return await startHost(core);
  } catch (error) {
    core.logger.error({ err: error }, 'the host could not be started');
    return null;
  }
}

/** Holds the end of the process back until the core has put everything away. */
function closeWhenQuitting(core: App, host: Host | null): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void close().finally(() => {
      state = 'closed';
      app.quit();
    });
  });

  async function close(): Promise<void> {
    try {
      await host?.close();
    } finally {
      await core.close();
    }
  }
}
