export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc.ts';
export { MessageChannelMain } from './message-channel.ts';
export { net, protocol, session } from './session.ts';
export { dialog, Menu, Notification, safeStorage, screen, shell } from './system.ts';
