import { Notification } from 'electron';
import type { openApp } from '../../app.ts';
import type { MainWindow } from './main-window.ts';

type Notify = NonNullable<Parameters<typeof openApp>[0]['notify']>;

/** Shows notifications of the system while the window isn't the one that is worked in. */
export function notifier(window: MainWindow): Notify {
  // One that is forgotten can be collected, and then its click does nothing.
  const shown = new Set<Notification>();
  return ({ title, body, deployment }) => {
    if (!Notification.isSupported() || window.current?.isFocused()) return;
    const notification = new Notification({ title, body });
    shown.add(notification);
    notification.on('click', () => {
      shown.delete(notification);
      window.show(`/deployments/${deployment}`);
    });
    notification.on('close', () => shown.delete(notification));
    notification.show();
  };
}
