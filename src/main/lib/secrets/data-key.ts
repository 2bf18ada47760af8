import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError, messageOf } from '../../shared/errors.ts';
import { syncFolder } from '../sync-folder.ts';
import { keySeal, type Seal } from './seal.ts';

/** What every door seals, with the key in the data folder. */
const MARK = 'k1:';
/**
 * What the window sealed in earlier versions, with a key from the system's keychain that only it
 * can read.
 */
const WINDOW_MARK = 'os1:';

export type KeyState =
  /** Sealing works. */
  | 'ok'
  /** Nothing was sealed yet; the first use makes a key. */
  | 'none'
  /** Something is sealed, but the key file is missing or holds no key. */
  | 'missing'
  | 'garbled'
  | 'unreadable';

/** What to do when the key is lost. */
export const newKeyFix = { label: 'Start with a new key', command: 'drydock data new-key' };

/**
 * The only key of a data folder, in `secret.key` with mode 0600: each door can open what any door
 * sealed. The file is read when something is first sealed or opened.
 */
export class DataKey implements Seal {
  readonly file: string;
  readonly #isInUse: () => boolean;
  readonly #seal: Seal;
  #key: Buffer | undefined;
  #window: Pick<Seal, 'open'> | undefined;

  /** @param isInUse whether something is already sealed with this key */
  constructor(home: string, isInUse: (sealed: (text: string) => boolean) => boolean = () => false) {
    this.file = path.join(home, 'secret.key');
    this.#isInUse = () => isInUse((text) => text.startsWith(MARK));
    this.#seal = keySeal(MARK, () => this.#known());
  }

  /** Throws SECRETS_UNREADABLE. */
  seal(text: string): string {
    const state = this.#key ? 'ok' : this.state();
    if (state === 'none') makeKey(this.file);
    else if (state !== 'ok') throw this.#unusable(state);
    return this.#seal.seal(text);
  }

  /** Throws SECRETS_UNREADABLE, which says what to do. */
  open(sealed: string): string {
    if (sealed.startsWith(WINDOW_MARK)) return this.#openOfWindow(sealed);
    try {
      return this.#seal.open(sealed);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw unreadable(
        `It was sealed under another key than the one in ${this.file}. Put that key back and start Drydock again, or enter it anew.`,
      );
    }
  }

  /** From here on, what the window sealed can be opened, and is to be sealed again. */
  openOfWindowWith(window: Pick<Seal, 'open'>): void {
    this.#window = window;
  }

  /**
   * The same text sealed with the key of all doors; null when it already is, or can't be opened.
   */
  moved(sealed: string): string | null {
    if (!sealed.startsWith(WINDOW_MARK) || !this.#window) return null;
    try {
      return this.seal(this.#window.open(sealed));
    } catch {
      return null;
    }
  }

  /** The current state of the key file. */
  state(): KeyState {
    try {
      readKey(this.file);
      return 'ok';
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return this.#isInUse() ? 'missing' : 'none';
      return code === undefined ? 'garbled' : 'unreadable';
    }
  }

  /**
   * Moves an unusable key to another file and makes a new one. Returns the path of the old file,
   * null when there was none. Leaves a working key alone.
   */
  startAnew(): { replaced: boolean; keptAt: string | null } {
    const state = this.state();
    if (state === 'ok' || state === 'none') return { replaced: false, keptAt: null };
    const keptAt = state === 'missing' ? null : `${this.file}.unusable-${Date.now()}`;
    if (keptAt !== null) renameSync(this.file, keptAt);
    this.#key = undefined;
    makeKey(this.file);
    return { replaced: true, keptAt };
  }

  #known(): Buffer {
    if (this.#key) return this.#key;
    const state = this.state();
    if (state !== 'ok') throw this.#unusable(state === 'none' ? 'missing' : state);
    this.#key = readKey(this.file);
    return this.#key;
  }

  #openOfWindow(sealed: string): string {
    if (this.#window) return this.#window.open(sealed);
    throw unreadable(
      'The window sealed it under a key of the system’s keychain, which only the window can get. Open the window once: from then on every door can read it. Or enter it anew.',
    );
  }

  #unusable(state: Exclude<KeyState, 'ok' | 'none'>): AppError {
    const what = {
      missing: 'is gone',
      garbled: 'holds no key any more',
      unreadable: 'can’t be read by you',
    }[state];
    return new AppError(
      'SECRETS_UNREADABLE',
      `${this.file}, the key of the addresses and secrets that Drydock keeps, ${what}. Put it back from a copy; or start with a new key ("${newKeyFix.command}" puts the old file aside and lists what is to be entered again).`,
      { fix: { ...newKeyFix, call: { procedure: 'data.newKey', input: {} } } },
    );
  }
}

const unreadable = (message: string): AppError => new AppError('SECRETS_UNREADABLE', message);

/** The message for text that can't be opened. */
export const whyUnreadable = (error: unknown): string =>
  error instanceof AppError ? error.message : `It can’t be read: ${messageOf(error)}.`;

/** Throws the system's errors, and one without a code when the file holds no key. */
function readKey(file: string): Buffer {
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${file} holds no key`);
  chmodSync(file, 0o600);
  return Buffer.from(text, 'hex');
}

/** Of two concurrent calls, the first to link its file wins, and both use its key. */
function makeKey(file: string): void {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  // A loss of power must not remove a key that something is sealed with.
  syncFolder(path.dirname(file));
}
