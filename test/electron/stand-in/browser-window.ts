import type {
  BrowserWindowConstructorOptions,
  BrowserWindow as RealWindow,
  Rectangle,
} from 'electron';
import { app, StandInEvent } from './app.ts';
import { checkOptions, StrictEmitter } from './strict.ts';
import { StandInContents } from './web-contents.ts';

type Used = Pick<
  RealWindow,
  | 'close'
  | 'focus'
  | 'getBounds'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setBounds'
  | 'setProgressBar'
  | 'show'
>;

const windowOptions = [
  ...['x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'title', 'show', 'webPreferences'],
  ...['backgroundColor', 'autoHideMenuBar'],
];

export class BrowserWindow extends StrictEmitter implements Used {
  protected readonly of = 'BrowserWindow';
  static readonly #all = new Set<BrowserWindow>();

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }

  readonly webContents: StandInContents;
  #bounds: Rectangle;
  #visible: boolean;
  #maximized = false;
  #destroyed = false;
  focused = 0;
  progress = -1;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    checkOptions('BrowserWindow', options, windowOptions);
    const { x = 0, y = 0, width = 800, height = 600, show = true, webPreferences = {} } = options;
    this.#bounds = { x, y, width, height };
    this.#visible = show;
    this.webContents = new StandInContents(webPreferences);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    BrowserWindow.#all.add(this);
    app.windows.add(this);
    app.emit('browser-window-created', new StandInEvent(), this);
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }

  show(): void {
    this.#visible = true;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    this.focused += 1;
  }

  isFocused(): boolean {
    return true;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  maximize(): void {
    this.#maximized = true;
    this.emit('resize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  getBounds(): Rectangle {
    return this.#bounds;
  }

  getNormalBounds(): Rectangle {
    return this.#bounds;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('move');
    this.emit('resize');
  }

  setProgressBar(progress: number): void {
    this.progress = progress;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    if (this.#destroyed) return;
    this.emit('close');
    this.#destroyed = true;
    BrowserWindow.#all.delete(this);
    void this.webContents.close().catch(() => undefined);
    this.emit('closed');
    app.windowClosed(this);
  }
}
