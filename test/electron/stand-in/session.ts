import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CustomScheme, DownloadItem, Net, Protocol, Session } from 'electron';
import type { Download } from 'playwright-core';
import { app, StandInEvent } from './app.ts';
import { StrictEmitter, strict } from './strict.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
const privileged = new Set<string>();

type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];
type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0];

/** What the shell has decided about permissions; windows ask here. */
export const permissions: {
  check: CheckHandler;
  request: RequestHandler;
  device: DeviceHandler;
} = { check: null, request: null, device: null };

type DeviceHandler = Parameters<Session['setDevicePermissionHandler']>[0];

class StandInSession extends StrictEmitter {
  protected readonly of = 'Session';

  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: Handler) => {
      if (!app.isReady()) throw new Error('a protocol can only be handled once the app is ready');
      handlers.set(scheme, handler);
    },
  });

  setPermissionCheckHandler(handler: CheckHandler): void {
    permissions.check = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    permissions.request = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    permissions.device = handler;
  }
}

const defaultSession = new StandInSession();

export const session = { defaultSession, permissions };

type UsedItem = Pick<DownloadItem, 'getFilename' | 'getURL' | 'setSaveDialogOptions'>;

/** What a page downloads. The user takes the place that the dialog offers. */
export function startDownload(contents: object, download: Download): void {
  const event = new StandInEvent();
  const item: UsedItem = {
    getURL: () => download.url().replace(/(?<=^blob:).+/, toInside),
    getFilename: () => download.suggestedFilename(),
    setSaveDialogOptions: () => undefined,
  };
  defaultSession.emit('will-download', event, strict('DownloadItem', item), contents, null);
  if (event.defaultPrevented) void download.cancel();
}

export const protocol: Pick<Protocol, 'registerSchemesAsPrivileged'> = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]) {
    if (app.isReady()) throw new Error('schemes must be registered before the app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard && privileges.secure) privileged.add(scheme);
    }
  },
};

/**
 * Chromium alone knows no scheme of ours: its pages live under an https origin that exists nowhere,
 * and the app is told the address that it would have in Electron.
 */
const outsideHost = (scheme: string) => `.${scheme}.stand-in.invalid`;

export function toOutside(address: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(address);
  const name = scheme.slice(0, -1);
  if (!handlers.has(name)) return address;
  return `https://${host}${outsideHost(name)}${pathname}${search}${hash}`;
}

export function toInside(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname, search, hash } = new URL(address);
  for (const scheme of handlers.keys()) {
    const suffix = outsideHost(scheme);
    if (host.endsWith(suffix)) {
      return `${scheme}://${host.slice(0, -suffix.length)}${pathname}${search}${hash}`;
    }
  }
  return address;
}

/** What the app answers to a request of a page; undefined when it isn't for the app. */
export async function answer(address: string, method: string): Promise<Response | undefined> {
  const inside = toInside(address);
  const scheme = new URL(inside).protocol.slice(0, -1);
  const handler = handlers.get(scheme);
  if (!handler) return undefined;
  if (!privileged.has(scheme)) throw new Error(`${scheme}: is neither standard nor secure`);
  return handler(new Request(inside, { method }));
}

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export const net: Pick<Net, 'fetch'> = {
  async fetch(input) {
    const address = String(input);
    if (!address.startsWith('file:')) throw new Error(`the shell fetches files only: ${address}`);
    const file = fileURLToPath(address);
    if (!existsSync(file)) throw new Error('net::ERR_FILE_NOT_FOUND');
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    return new Response(await readFile(file), { headers: { 'content-type': type } });
  },
};
