import { probeStorage, type StorageState, storageOf } from '../../lib/storage.ts';

const LOOK_EVERY_MS = 3000;

/** Tells when a folder is gone or its disk full or read-only, and when it is usable again. */
export function watchStorage(folder: string, isPresent: () => boolean, changed: () => void) {
  let last: StorageState = 'ok';
  /** A write has failed, and none has worked since. */
  let suspect = false;
  let timer: NodeJS.Timeout | undefined;

  function now(): StorageState {
    if (!isPresent()) {
      last = 'gone';
      return last;
    }
    try {
      last = suspect ? probeStorage(folder) : storageOf(folder).state;
      suspect &&= last !== 'ok';
    } catch {
      // It was moved at this moment: the next look says so.
    }
    return last;
  }

  function look(): void {
    const before = last;
    if (now() !== before) changed();
  }

  return {
    now,
    /** A write has failed: from now on only one that works shows that the disk is fine. */
    failed(): void {
      suspect = true;
      look();
    },
    begin(): void {
      timer = setInterval(look, LOOK_EVERY_MS);
      timer.unref();
    },
    end: () => clearInterval(timer),
  };
}
