import { readFileSync } from 'node:fs';
import type { WebContents, WebPreferences } from 'electron';
import type { CDPSession, Page, Route } from 'playwright-core';
import { app, StandInEvent } from './app.ts';
import { currentContext } from './chromium.ts';
import { ipcMain } from './ipc.ts';
import type { StandInPort } from './message-channel.ts';
import { preloadHost } from './preload-host.ts';
import { answer, permissions, session, startDownload, toInside, toOutside } from './session.ts';
import { checkOptions, StrictEmitter } from './strict.ts';

type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

const preferenceNames = [
  ...['preload', 'sandbox', 'contextIsolation', 'nodeIntegration', 'nodeIntegrationInWorker'],
  ...['nodeIntegrationInSubFrames', 'webSecurity', 'webviewTag', 'navigateOnDragDrop'],
  ...['spellcheck', 'devTools'],
];

const preloadWorld = 'preload';
const asked = ['clipboard-read', 'clipboard-write', 'geolocation', 'microphone', 'notifications'];

/** Electron's name for what Chromium calls otherwise. */
const electronName: Record<string, string> = {
  'clipboard-write': 'clipboard-sanitized-write',
  microphone: 'media',
};

const taken = new WeakSet<Page>();
let nextId = 1;
let nextPort = 1;

/** A page of Chromium, seen like Electron shows one. */
export class StandInContents extends StrictEmitter {
  protected readonly of = 'WebContents';
  readonly id = nextId++;
  readonly session = session.defaultSession;
  readonly #preferences: WebPreferences;
  readonly #ports = new Map<number, StandInPort>();
  readonly #opened: Promise<{ page: Page; devtools: CDPSession }>;
  #openHandler: WindowOpenHandler = () => ({ action: 'allow' });
  /** Where the app itself leads the page: only others' wishes are asked about. */
  #leading: string | undefined;
  #world: number | undefined;
  #page: Page | undefined;

  readonly mainFrame = this.#frame();

  constructor(preferences: WebPreferences) {
    super();
    checkOptions('webPreferences', preferences, preferenceNames);
    this.#preferences = preferences;
    this.#opened = this.#open();
    app.emit('web-contents-created', new StandInEvent(), this);
  }

  getURL(): string {
    return this.#page ? toInside(this.#page.url()) : '';
  }

  getLastWebPreferences(): WebPreferences {
    return this.#preferences;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(address: string): Promise<void> {
    const { page } = await this.#opened;
    this.#leading = address;
    await page.goto(toOutside(address), { waitUntil: 'load' });
  }

  reload(): void {
    this.#leading = this.getURL();
    void this.#opened.then(({ page }) => page.reload()).catch(() => undefined);
  }

  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', new StandInEvent(), { reason: 'killed', exitCode: 0 });
  }

  async close(): Promise<void> {
    const { page } = await this.#opened;
    for (const port of this.#ports.values()) port.close();
    await page.close();
  }

  async #open() {
    const context = currentContext();
    // Chromium comes with one page.
    const [first] = context.pages();
    const page = first && !taken.has(first) ? first : await context.newPage();
    taken.add(page);
    await this.#grantPermissions();
    await page.route('**/*', (route) => this.#serve(page, route));
    page.on('load', () => this.emit('did-finish-load'));
    page.on('download', (download) => startDownload(this, download));
    this.#page = page;
    const devtools = await context.newCDPSession(page);
    await this.#injectPreload(devtools);
    return { page, devtools };
  }

  /** Electron grants whatever nobody denies. */
  async #grantPermissions(): Promise<void> {
    const { check } = permissions;
    const granted = asked.filter((name) => {
      const permission = (electronName[name] ?? name) as Parameters<NonNullable<typeof check>>[1];
      return check?.(null, permission, 'app://drydock/', {} as never) ?? true;
    });
    await currentContext().grantPermissions(granted);
  }

  async #serve(page: Page, route: Route): Promise<void> {
    const request = route.request();
    const address = toInside(request.url());
    if (request.isNavigationRequest() && this.#prevents(page, address, request.frame())) {
      return route.abort('aborted');
    }
    const response = await answer(request.url(), request.method());
    if (!response) return route.continue();
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  #prevents(page: Page, address: string, frame: ReturnType<Page['mainFrame']>): boolean {
    const isMainFrame = frame === page.mainFrame();
    if (isMainFrame && this.#leading === address) {
      this.#leading = undefined;
      return false;
    }
    const event = Object.assign(new StandInEvent(), { url: address, isMainFrame });
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event, address);
    return event.defaultPrevented;
  }

  /** `window.open` and links to new windows ask before anything opens. */
  async #opens(url: string): Promise<void> {
    const { action } = this.#openHandler({ url: toInside(url) } as never);
    if (action === 'deny') return;
    const page = await currentContext().newPage();
    await page.goto(url);
  }

  async #injectPreload(devtools: CDPSession): Promise<void> {
    const { preload } = this.#preferences;
    if (!preload) return;
    devtools.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === preloadWorld) this.#world = context.id;
    });
    devtools.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'standInSend') this.#receive(JSON.parse(payload));
      if (name === 'standInOpen') void this.#opens(payload).catch(() => undefined);
    });
    await devtools.send('Runtime.enable');
    await devtools.send('Page.enable');
    await devtools.send('Runtime.addBinding', {
      name: 'standInSend',
      executionContextName: preloadWorld,
    });
    await devtools.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadHost(readFileSync(preload, 'utf8')),
      worldName: preloadWorld,
      runImmediately: true,
    });
    // Chromium would have to open a window to ask about it; Electron asks first.
    await devtools.send('Runtime.addBinding', { name: 'standInOpen' });
    await devtools.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${askBeforeOpening.toString()})()`,
    });
  }

  #receive(message: Sent): void {
    if (message.kind === 'ipc') {
      const event = { sender: this, senderFrame: this.mainFrame, ports: [] };
      ipcMain.emit(message.channel, event, ...message.args);
      return;
    }
    const port = this.#ports.get(message.port);
    if (message.kind === 'port') port?.deliver(unpack(message.data));
    else port?.close();
  }

  #frame() {
    const contents = this;
    return {
      parent: null,
      get url() {
        return contents.getURL();
      },
      postMessage(channel: string, message: unknown, transfer: StandInPort[] = []) {
        const ports = transfer.map((port) => contents.#tie(port));
        contents.#deliver({ kind: 'message', channel, message, ports });
      },
    };
  }

  /** Gives an end of a channel to the page: what it receives goes there from now on. */
  #tie(port: StandInPort): number {
    const id = nextPort++;
    this.#ports.set(id, port);
    port.on('message', ({ data }) => this.#deliver({ kind: 'port', port: id, data: pack(data) }));
    port.on('close', () => this.#deliver({ kind: 'close', port: id }));
    port.start();
    return id;
  }

  #deliver(message: object): void {
    const expression = `standInDeliver(${JSON.stringify(JSON.stringify(message))})`;
    const contextId = this.#world;
    void this.#opened
      .then(({ devtools }) => devtools.send('Runtime.evaluate', { expression, contextId }))
      // The page has gone; so will its ports.
      .catch(() => undefined);
  }
}

type Sent =
  | { kind: 'ipc'; channel: string; args: unknown[] }
  | { kind: 'port'; port: number; data: unknown }
  | { kind: 'close'; port: number };

const pack = (data: unknown) =>
  typeof data === 'string' ? data : { bytes: [...(data as Uint8Array)] };
const unpack = (data: unknown) =>
  typeof data === 'string' ? data : Uint8Array.from((data as { bytes: number[] }).bytes);

/** Runs in the page. */
function askBeforeOpening(): void {
  const scope = window as typeof window & { standInOpen(url: string): void };
  const ask = scope.standInOpen.bind(scope);
  window.open = (url) => {
    ask(new URL(String(url ?? 'about:blank'), location.href).href);
    return null;
  };
  window.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a[target="_blank"]');
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    ask(link.href);
  });
}
