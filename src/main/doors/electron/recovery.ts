import path from 'node:path';
import { app, type BrowserWindow, crashReporter, dialog, type WebContents } from 'electron';
import type { Logger } from 'pino';
import { CrashCount } from './crash-count.ts';

/** Keeps reports of crashes in the data folder; none leaves the machine. Before the app is ready. */
export function keepCrashReports(home: string): void {
  app.setPath('crashDumps', path.join(home, 'logs', 'crashes'));
  crashReporter.start({ uploadToServer: false });
}

/** An error that nothing has caught is noted, and ends neither the core nor the window. */
export function surviveErrors(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.error({ err: error }, 'an error was not caught');
  });
  process.on('unhandledRejection', (error) => {
    logger.error({ err: error }, 'a rejection was not caught');
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    logger.warn({ type, reason, exitCode }, 'a process of the window has ended');
  });
}

/** Loads a page again that has crashed or hangs; asks where that doesn't seem to help. */
export function recoverPages(logger: Logger): void {
  app.on('browser-window-created', (_event, window) => {
    const crashes = new CrashCount();
    const { webContents } = window;
    webContents.on('render-process-gone', (_gone, { reason, exitCode }) => {
      if (reason === 'clean-exit') return;
      logger.error({ reason, exitCode }, 'the page of the window has ended');
      if (crashes.next(performance.now()) === 'reload') return webContents.reload();
      void askAfterCrash(window, crashes);
    });
    let isAsking = false;
    webContents.on('unresponsive', () => {
      logger.warn('the page of the window does not respond');
      if (isAsking) return;
      isAsking = true;
      void askAboutHang(window, webContents).finally(() => {
        isAsking = false;
      });
    });
  });
}

async function askAfterCrash(window: BrowserWindow, crashes: CrashCount): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window keeps ending.',
    detail: 'Deployments and chains go on. The log says more: Help, Show logs.',
    buttons: ['Load it again', 'Quit Drydock'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) return app.quit();
  crashes.reset();
  if (!window.isDestroyed()) window.webContents.reload();
}

async function askAboutHang(window: BrowserWindow, contents: WebContents): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not respond.',
    detail: 'Deployments and chains go on.',
    buttons: ['Wait', 'Load it again'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  // Its end is followed by a new load, as after a crash.
  if (response === 1 && !window.isDestroyed()) contents.forcefullyCrashRenderer();
}
