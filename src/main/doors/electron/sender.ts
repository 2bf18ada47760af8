import type { IpcMainEvent } from 'electron';
import { originOf } from './address.ts';
import type { MainWindow } from './main-window.ts';

/** Whether a message comes from the main frame of our window, showing a page of the app. */
export function isFromOurPage(event: IpcMainEvent, window: MainWindow, origin: string): boolean {
  const frame = event.senderFrame;
  return (
    window.current !== undefined &&
    event.sender === window.current.webContents &&
    frame !== null &&
    frame.parent === null &&
    originOf(frame.url) === origin
  );
}
