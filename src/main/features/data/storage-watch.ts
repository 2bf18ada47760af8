import { type StorageState, storageOf } from '../../kit/storage.ts';

const LOOK_EVERY_MS = 3000;

/** Tells when the disk under a folder gets full or read-only, and when it is usable again. */
export function watchStorage(folder: string, changed: () => void) {
  let last: StorageState = 'ok';
  let timer: NodeJS.Timeout | undefined;

  function now(): StorageState {
    try {
      last = storageOf(folder).state;
    } catch {
      // The folder itself is gone: every call says so by itself.
    }
    return last;
  }

  return {
    now,
    begin(): void {
      timer = setInterval(() => {
        const before = last;
        if (now() !== before) changed();
      }, LOOK_EVERY_MS);
      timer.unref();
    },
    end: () => clearInterval(timer),
  };
}
