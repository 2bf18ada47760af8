import type {
  CrashReporterStartOptions,
  Dialog,
  Display,
  MessageBoxOptions,
  NotificationConstructorOptions,
  SafeStorage,
  Screen,
  Shell,
} from 'electron';
import { StrictEmitter } from './strict.ts';

/** Nobody is there to answer: a test says what the user would do by putting its own in its place. */
export const dialog: Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog'> = {
  showErrorBox: (title, content) => void process.stderr.write(`${title}: ${content}\n`),
  showMessageBox: async (...args: unknown[]) => {
    const { cancelId = 0 } = args.at(-1) as MessageBoxOptions;
    return { response: cancelId, checkboxChecked: false };
  },
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
};

export const shell: Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder'> = {
  openExternal: async () => undefined,
  openPath: async () => '',
  showItemInFolder: () => undefined,
};

const screenOfTest = {
  id: 1,
  workArea: { x: 0, y: 0, width: 1920, height: 1080 },
} as Display;

type UsedScreen = Pick<Screen, 'getAllDisplays' | 'getDisplayMatching' | 'getPrimaryDisplay'>;

export const screen: UsedScreen = {
  getAllDisplays: () => [screenOfTest],
  getDisplayMatching: () => screenOfTest,
  getPrimaryDisplay: () => screenOfTest,
};

class StandInPower extends StrictEmitter {
  protected readonly of = 'PowerMonitor';
}

export const powerMonitor = new StandInPower();

/** What it was started with. */
export const crashReporter = {
  started: null as CrashReporterStartOptions | null,
  start(options: CrashReporterStartOptions): void {
    crashReporter.started = options;
  },
};

/** Nobody sees it: a test looks for what was shown by putting its own `show` in its place. */
export class Notification extends StrictEmitter {
  protected readonly of = 'Notification';

  static isSupported(): boolean {
    return true;
  }

  readonly title: string | undefined;
  readonly actions: NotificationConstructorOptions['actions'];

  constructor(options: NotificationConstructorOptions) {
    super();
    this.title = options.title;
    this.actions = options.actions;
  }

  show(): void {}
}

const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));

type UsedStorage = Pick<
  SafeStorage,
  | 'decryptStringAsync'
  | 'encryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'isAsyncEncryptionAvailable'
>;

/** A keychain that hides nothing from anybody, but shows whether it was asked. */
export const safeStorage: UsedStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: async (text) => turned(Buffer.from(text)),
  decryptStringAsync: async (bytes) => ({
    result: turned(bytes).toString(),
    shouldReEncrypt: false,
  }),
};
