import { type BrowserWindow, Notification } from 'electron';
import type { openApp } from '../../app.ts';

export interface NotifierOptions {
  /** The window, while it is open. */
  window(): BrowserWindow | undefined;
  /** Brings the window to the front, at a page such as `/deployments/7`. */
  show(page: string): void;
}

type Notify = NonNullable<Parameters<typeof openApp>[0]['notify']>;

/** Shows notifications of the system while the window isn't the one that is worked in. */
export function notifier({ window, show }: NotifierOptions): Notify {
  // One that is forgotten can be collected, and then its click does nothing.
  const shown = new Set<Notification>();
  return ({ title, body, deployment }) => {
    if (!Notification.isSupported() || window()?.isFocused()) return;
    const notification = new Notification({ title, body });
    shown.add(notification);
    notification.on('click', () => {
      shown.delete(notification);
      show(`/deployments/${deployment}`);
    });
    notification.on('close', () => shown.delete(notification));
    notification.show();
  };
}
