import writeFileAtomic from 'write-file-atomic';
import { despiteLocks } from '../lib/despite-locks.ts';

/** Between two writes, whatever happens meanwhile. */
const PAUSE_MS = 250;
/** So long after it could not be written: the disk may have room again. */
const AGAIN_MS = 2_000;
/** It outlives a gateway that is killed; after a loss of power the chain itself is another one. */
const WRITTEN = { mode: 0o600, fsync: false };

/** A file that follows what the gateway knows: whole at any moment, and only ever behind. */
export class SavedFile {
  readonly #file: string;
  readonly #text: () => string;
  #timer: NodeJS.Timeout | undefined;
  #writtenAt = 0;
  /** There is what the file hasn't. */
  #isNews = false;
  #last: Promise<void> = Promise.resolve();

  /** @param text what shall stand in it by now */
  constructor(file: string, text: () => string) {
    this.#file = file;
    this.#text = text;
  }

  /** Written at once, or as soon as the last time is long enough ago. */
  changed(): void {
    this.#isNews = true;
    this.#timer ??= setTimeout(
      () => void this.flush(),
      Math.max(0, this.#writtenAt + PAUSE_MS - Date.now()),
    );
  }

  /** Resolves once everything is written, or can't be: the gateway goes on, and tries again. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isNews) return this.#last;
    this.#isNews = false;
    this.#writtenAt = Date.now();
    this.#last = this.#last.then(async () => {
      await despiteLocks(() => writeFileAtomic(this.#file, this.#text(), WRITTEN)).catch(() => {
        this.#isNews = true;
        this.#timer ??= setTimeout(() => void this.flush(), AGAIN_MS);
      });
    });
    return this.#last;
  }
}
