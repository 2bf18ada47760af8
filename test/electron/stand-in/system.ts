import { EventEmitter } from 'node:events';
import type {
  Dialog,
  Display,
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
  SafeStorage,
  Shell,
} from 'electron';

/** Nobody is there to answer: a test says what the user would do by putting its own in its place. */
export const dialog: Pick<Dialog, 'showErrorBox' | 'showOpenDialog'> = {
  showErrorBox: (title, content) => void process.stderr.write(`${title}: ${content}\n`),
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
};

export const shell: Pick<Shell, 'openExternal'> = {
  openExternal: async () => undefined,
};

const screenOfTest = {
  workArea: { x: 0, y: 0, width: 1920, height: 1080 },
} as Display;

export const screen = { getAllDisplays: () => [screenOfTest] };

export const Menu = {
  template: [] as MenuItemConstructorOptions[],
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (template: MenuItemConstructorOptions[]) => {
    Menu.template = template;
  },
};

/** Nobody sees it: a test looks for what was shown by putting its own `show` in its place. */
export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }

  readonly title: string | undefined;

  constructor(options: NotificationConstructorOptions) {
    super();
    this.title = options.title;
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
