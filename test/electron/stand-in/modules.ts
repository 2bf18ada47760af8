import { app as standInApp } from './app.ts';
import { Menu as StandInMenu } from './menu.ts';
import * as sessions from './session.ts';
import { strict } from './strict.ts';
import * as system from './system.ts';

export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc.ts';
export { MessageChannelMain } from './message-channel.ts';
export { Notification, powerMonitor } from './system.ts';
export { Tray } from './tray.ts';

export const app = strict('app', standInApp);
export const crashReporter = strict('crashReporter', system.crashReporter);
export const dialog = strict('dialog', system.dialog);
export const Menu = strict('Menu', StandInMenu);
export const net = strict('net', sessions.net);
export const protocol = strict('protocol', sessions.protocol);
export const safeStorage = strict('safeStorage', system.safeStorage);
export const screen = strict('screen', system.screen);
export const session = strict('session', sessions.session);
export const shell = strict('shell', system.shell);
