import { AppError } from '../shared/errors.ts';

/** A page needs about ten; each takes some 16 KB. */
const most = 256;

/** Limits how many streams one connection has open at a time. */
export class CountedStreams {
  #open = 0;

  constructor(readonly limit = most) {}

  /**
   * Reserves a place before a stream is started. Returns a function that frees it, which may be
   * called twice. Throws TOO_MANY_STREAMS.
   */
  take(): () => void {
    if (this.#open >= this.limit) {
      throw new AppError(
        'TOO_MANY_STREAMS',
        `This connection has ${this.limit} streams open, and a connection gets no more. End some, or use another connection.`,
      );
    }
    this.#open += 1;
    let taken = true;
    return () => {
      if (taken) this.#open -= 1;
      taken = false;
    };
  }
}

/** The same stream; calls `free` when it ends, fails or is abandoned. */
export function freeing<T>(
  stream: AsyncIterator<T>,
  free: () => void,
): AsyncIteratorObject<T, void, void> {
  const ended = async () => {
    free();
    await stream.return?.();
    return { done: true as const, value: undefined };
  };
  return {
    async next() {
      try {
        const result = await stream.next();
        if (result.done) free();
        return result;
      } catch (error) {
        free();
        throw error;
      }
    },
    return: ended,
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await ended();
    },
  };
}
