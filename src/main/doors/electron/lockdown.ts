import type { App, Session, WebContents } from 'electron';
import { originOf } from './address.ts';
import { limitDownloads } from './downloads.ts';

export interface LockdownOptions {
  /** The origin of our pages. */
  origin: string;
  /** Given each address that a page wants to show anywhere else than in its window. */
  openOutside(address: string): void;
}

function lockContents(contents: WebContents, { origin, openOutside }: LockdownOptions): void {
  const stay = (event: { preventDefault(): void }, address: string) => {
    if (originOf(address) === origin) return;
    event.preventDefault();
    openOutside(address);
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => {
    // The main frame has been dealt with; our pages have no other.
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

/**
 * Keeps every window at our pages: they can't be navigated away, open no window, embed nothing,
 * download nothing from elsewhere and get no permission.
 */
export function lockDown(app: App, session: Session, options: LockdownOptions): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, options));
  // Copying an address is the one thing that our pages need.
  const granted = (permission: string, from: string) =>
    permission === 'clipboard-sanitized-write' && originOf(from) === options.origin;
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(granted(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, from) => granted(permission, from));
  session.setDevicePermissionHandler(() => false);
  limitDownloads(session, options.origin);
}
