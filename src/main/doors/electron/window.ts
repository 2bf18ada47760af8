import path from 'node:path';
import { BrowserWindow } from 'electron';
import { appRoot } from '../../lib/app-root.ts';
import { pageAddress } from './address.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

export interface WindowOptions {
  /** The data folder. */
  home: string;
  /** The origin of our pages. */
  origin: string;
  isPackaged: boolean;
  /** The page to open, e.g. `/deployments/7`; the start otherwise. */
  page?: string;
}

/** Opens the window. It is shown once it has something to show. */
export function openWindow({ home, origin, isPackaged, page = '/' }: WindowOptions): BrowserWindow {
  const state = readWindowState(home);
  const window = new BrowserWindow({
    ...(state?.bounds ?? { width: 1440, height: 900 }),
    minWidth: 880,
    minHeight: 560,
    title: 'Drydock',
    show: false,
    // The pages' own, so that nothing flashes while they load.
    backgroundColor: '#0b0d10',
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(appRoot(), 'out', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !isPackaged,
    },
  });
  if (state?.maximized) window.maximize();
  keepWindowState(window, home);
  window.once('ready-to-show', () => window.show());
  // A page that can't be loaded shows itself; a window that is closed meanwhile needs none.
  window.loadURL(pageAddress(origin, page)).catch(() => undefined);
  return window;
}
