import { EventEmitter } from 'node:events';

/** `ipcMain`: windows emit here what their preload sends. */
export const ipcMain = new EventEmitter();
