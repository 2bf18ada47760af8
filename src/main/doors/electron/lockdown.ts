import { type App, type Session, shell, type WebContents } from 'electron';
import { originOf } from './address.ts';

/** Only addresses of the web proper are handed to the system: others start programs. */
export function opensOutside(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}

function lockContents(contents: WebContents, origin: string): void {
  const stay = (event: { preventDefault(): void }, address: string) => {
    if (originOf(address) === origin) return;
    event.preventDefault();
    if (opensOutside(address)) void shell.openExternal(address);
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => {
    // The main frame has been dealt with; our pages have no other.
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (opensOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/**
 * Keeps every window at our pages: they can't be navigated away, open no window, embed nothing and
 * get no permission. A link to the web opens in the user's browser.
 */
export function lockDown(app: App, session: Session, origin: string): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, origin));
  // Copying an address is the one thing that our pages need.
  const granted = (permission: string) => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(granted(permission)),
  );
  session.setPermissionCheckHandler((_contents, permission) => granted(permission));
  session.setDevicePermissionHandler(() => false);
}
