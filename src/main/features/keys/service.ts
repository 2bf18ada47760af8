import { randomBytes } from 'node:crypto';
import { getAddress, isAddress } from 'viem';
import { whyUnreadable } from '../../lib/secrets/data-key.ts';
import type { Seal } from '../../lib/secrets/seal.ts';
import { AppError } from '../../shared/errors.ts';
import type { Opened, Opening } from '../../signer/control/protocol.ts';
import type { Terms } from '../../signer/control/terms.ts';
import type { KeySigner } from '../../targets/chain/live/key-signer.ts';
import type { Change } from '../app/contract.ts';
import type { ImportInput, Key, KeySource, TakenFrom } from './contract.ts';
import { GRANT_MS, Grants } from './grants.ts';
import { KeyProcess } from './key-process.ts';
import type { KeystoreFiles } from './keystore-files.ts';
import { triesFrom } from './lockout.ts';
import type { OtherKeystores } from './other-keystores.ts';
import type { KeyRow, KeysStore } from './store.ts';

export interface KeysDependencies {
  store: KeysStore;
  seal: Seal;
  files: KeystoreFiles;
  others: Pick<OtherKeystores, 'list' | 'read'>;
  changed: (change: Change) => void;
}

/** Keys of this machine's user that sign for live networks; none of them is ever in this process. */
export class KeysService {
  readonly #deps: KeysDependencies;
  readonly #grants: Grants;

  constructor(deps: KeysDependencies) {
    this.#deps = deps;
    this.#grants = new Grants(() => this.#tell());
  }

  list(): Key[] {
    const rows = new Map(this.#deps.store.all().map((row) => [row.name, row]));
    return this.#deps.files.names().map((name) => this.#shown(name, rows.get(name)));
  }

  /** Throws KEY_NOT_FOUND. */
  get(name: string): Key {
    if (!this.#deps.files.has(name)) throw notFound(name);
    return this.#shown(name, this.#row(name));
  }

  /** Rejects with NAME_TAKEN. */
  async create(name: string, password: string | undefined): Promise<Key> {
    return this.#make(name, password, (chosen) => ({ create: { password: chosen } }));
  }

  /** Keystores of other tools. */
  sources(): KeySource[] {
    return this.#deps.others.list();
  }

  /** Rejects with NAME_TAKEN, BAD_ARGUMENT, WRONG_PASSWORD, KEY_LOCKED. */
  async import({ name, privateKey, from, password }: ImportInput): Promise<Key> {
    if (from !== undefined && privateKey === undefined) return this.#move(name, from, password);
    if (from === undefined && privateKey !== undefined) {
      return this.#make(name, password, (chosen) => ({ import: { privateKey, password: chosen } }));
    }
    throw new AppError('BAD_ARGUMENT', 'Give a private key, or the keystore that has it.', {
      field: 'privateKey',
    });
  }

  async #move(name: string, from: TakenFrom, password: string | undefined): Promise<Key> {
    const { source, entry } = from;
    const known = this.sources().find((one) => one.source === source);
    if (!known?.entries.includes(entry)) throw notThere(from, known);
    const tries = triesOf(source);
    const wait = triesFrom(this.#row(tries), Date.now());
    if (wait !== null) throw lockedOut(`the keystore of ${source}`, wait - Date.now());
    const keystore = this.#deps.others.read(source);
    const made = await this.#make(
      name,
      password,
      (chosen) => ({
        move: { keystore, entry, itsPassword: from.password, password: chosen },
      }),
      () => this.#wrongPassword(tries, `the keystore of ${source}`, 'from.password'),
    );
    this.#deps.store.remove(tries);
    return made;
  }

  /** Rejects with KEY_NOT_FOUND, CONFIRMATION_NEEDED. */
  async remove(name: string, confirm: string | undefined): Promise<{ removed: string }> {
    const { address, file } = this.get(name);
    if (confirm !== name) {
      throw new AppError(
        'CONFIRMATION_NEEDED',
        `${file} would be deleted, and with it the key of ${address ?? 'an address that is not known'}: what only it can move is lost, unless you have a copy. Give its name again to delete it.`,
        { field: 'confirm' },
      );
    }
    await this.#grants.end(name);
    await this.#deps.files.remove(name);
    this.#deps.store.remove(name);
    this.#tell();
    return { removed: name };
  }

  /** Rejects with KEY_NOT_FOUND, KEY_LOCKED, WRONG_PASSWORD, KEY_UNUSABLE, SECRETS_UNREADABLE. */
  async grant(name: string, typed: string | undefined): Promise<Key> {
    const key = this.get(name);
    if (key.triesFrom !== null) throw lockedOut(`the key ${name}`, key.triesFrom - Date.now());
    const password = typed ?? this.#kept(name);
    if (password === undefined) throw locked(name);
    const keystore = this.#deps.files.read(name);
    if (!keystore) throw unusable(name, this.#deps.files.fileOf(name), 'it is no keystore');
    const process = new KeyProcess({ open: { keystore, password }, withinMs: GRANT_MS });
    const opened = await process.opened.catch((error: Error) => {
      throw unusable(name, this.#deps.files.fileOf(name), error.message);
    });
    if ('refused' in opened) {
      await process.end();
      throw this.#refused(name, opened);
    }
    const row = this.#row(name);
    this.#deps.store.put({ ...row, address: opened.address, failures: 0, failedAt: null });
    await this.#grants.add(name, process, opened.address);
    return this.get(name);
  }

  /** Rejects with KEY_NOT_FOUND. */
  async lock(name: string): Promise<Key> {
    this.get(name);
    await this.#grants.end(name);
    return this.get(name);
  }

  /** See `TakeKey`: a key whose password is kept unlocks itself. */
  async take(name: string, terms: Terms): Promise<KeySigner> {
    if (this.#grants.until(name) === null) await this.grant(name, undefined);
    const signer = await this.#grants.take(name, terms);
    if (!signer) throw locked(name);
    return signer;
  }

  /** null: it isn't known before the key is unlocked. Throws KEY_NOT_FOUND. */
  addressOf(name: string): string | null {
    return this.get(name).address;
  }

  close(): Promise<void> {
    return this.#grants.close();
  }

  secrets(): string[] {
    return this.#deps.store.sealed().flatMap((sealed) => this.#opened(sealed) ?? []);
  }

  /** The names of those whose password can't be opened. */
  unreadable(): string[] {
    return this.#deps.store
      .all()
      .filter(({ sealed }) => sealed !== null && this.#opened(sealed) === null)
      .map(({ name }) => name);
  }

  /** Passwords are younger than what the window sealed. */
  moveSecrets(): number {
    return 0;
  }

  async #make(
    name: string,
    password: string | undefined,
    opening: (password: string) => Opening,
    wrongPassword?: () => AppError,
  ): Promise<Key> {
    const { files, store, seal } = this.#deps;
    if (files.has(name)) {
      throw new AppError('NAME_TAKEN', `There is a key ${name} already. Choose another name.`, {
        field: 'name',
      });
    }
    const chosen = password ?? randomBytes(24).toString('base64url');
    const sealed = password === undefined ? seal.seal(chosen) : null;
    const process = new KeyProcess(opening(chosen));
    const made = await process.opened.finally(() => process.end());
    if ('refused' in made && made.refused === 'password' && wrongPassword) throw wrongPassword();
    if ('refused' in made || !made.keystore) {
      const why = 'refused' in made ? made.why : 'nothing was made';
      throw new AppError('BAD_ARGUMENT', `That can't be kept: ${why}.`, { field: 'privateKey' });
    }
    store.put({ name, address: made.address, sealed, failures: 0, failedAt: null });
    await files.write(name, made.keystore);
    this.#tell();
    return this.get(name);
  }

  #refused(name: string, { refused, why }: Extract<Opened, { refused: unknown }>): AppError {
    if (refused !== 'password') return unusable(name, this.#deps.files.fileOf(name), why);
    return this.#wrongPassword(name, `the key ${name}`, 'password');
  }

  /** @param tries under which wrong ones are counted */
  #wrongPassword(tries: string, what: string, field: string): AppError {
    const row = this.#row(tries);
    const failed = { ...row, failures: row.failures + 1, failedAt: Date.now() };
    this.#deps.store.put(failed);
    this.#tell();
    const from = triesFrom(failed, Date.now());
    const wait =
      from === null ? '' : ` The next try is possible in ${secondsOf(from - Date.now())}.`;
    return new AppError('WRONG_PASSWORD', `That is not the password of ${what}.${wait}`, { field });
  }

  #shown(name: string, row: KeyRow | undefined): Key {
    const keystore = this.#deps.files.read(name);
    const said =
      keystore?.address === undefined ? null : `0x${keystore.address.replace(/^0x/, '')}`;
    const address = said !== null && isAddress(said) ? said : (row?.address ?? null);
    const sealed = row?.sealed ?? null;
    const kept = sealed === null ? 'asked' : this.#opened(sealed) === null ? 'unreadable' : 'kept';
    return {
      name,
      address: address === null ? null : getAddress(address),
      file: this.#deps.files.fileOf(name),
      password: kept,
      unlockedUntil: this.#grants.until(name),
      triesFrom: row ? triesFrom(row, Date.now()) : null,
      problem: keystore ? null : 'The file holds no keystore.',
    };
  }

  #row(name: string): KeyRow {
    const found = this.#deps.store.all().find((row) => row.name === name);
    return found ?? { name, address: null, sealed: null, failures: 0, failedAt: null };
  }

  /** undefined: the user has it. Throws KEY_UNUSABLE. */
  #kept(name: string): string | undefined {
    const { sealed } = this.#row(name);
    if (sealed === null) return undefined;
    try {
      return this.#deps.seal.open(sealed);
    } catch (error) {
      throw unusable(name, this.#deps.files.fileOf(name), whyUnreadable(error));
    }
  }

  #opened(sealed: string): string | null {
    try {
      return this.#deps.seal.open(sealed);
    } catch {
      return null;
    }
  }

  #tell(): void {
    this.#deps.changed({ topic: 'keys' });
  }
}

/** No name of a key: it has a space in it. */
const triesOf = (source: string): string => `from ${source}`;

function notThere({ source, entry }: TakenFrom, known: KeySource | undefined): AppError {
  const entries = known?.entries.join(', ');
  const why =
    known?.problem ??
    (entries === undefined
      ? `There is no keystore of ${source} on this machine.`
      : `It has ${entries === '' ? 'nothing in it' : entries}.`);
  return new AppError('BAD_ARGUMENT', `No ${entry} can be taken from ${source}. ${why}`, {
    field: 'from.entry',
  });
}

const notFound = (name: string) =>
  new AppError(
    'KEY_NOT_FOUND',
    `There is no key ${name}. List them with "drydock key list", or make one with "drydock key create ${name}".`,
    { field: 'key', fix: { label: 'Show the keys', command: 'drydock key list' } },
  );

const locked = (name: string) =>
  new AppError('KEY_LOCKED', `The key ${name} is locked. Unlock it with its password.`, {
    field: 'password',
    fix: { label: 'Unlock it', command: `drydock key grant ${name}` },
  });

const lockedOut = (what: string, ms: number) =>
  new AppError(
    'KEY_LOCKED',
    `The password of ${what} was wrong too often. It can be tried again in ${secondsOf(ms)}.`,
    { field: 'password' },
  );

const unusable = (name: string, file: string, why: string) =>
  new AppError(
    'KEY_UNUSABLE',
    `The key ${name} can't be used: ${why.replace(/\.$/, '')}. Its keystore is ${file}.`,
  );

const secondsOf = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1000))} s`;
