import PQueue from 'p-queue';

/** Runs one piece of work at a time for each key, in the order of the calls. */
export class KeyedLock<K> {
  readonly #queues = new Map<K, PQueue>();

  async run<T>(key: K, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? new PQueue({ concurrency: 1 });
    this.#queues.set(key, queue);
    try {
      return await queue.add(work);
    } finally {
      if (queue.size === 0 && queue.pending === 0) this.#queues.delete(key);
    }
  }

  /** The same for work that ends elsewhere. Returns a function that releases the lock. */
  acquire(key: K): Promise<() => void> {
    return new Promise((resolve) => {
      void this.run(key, () => new Promise<void>((release) => resolve(release)));
    });
  }

  isBusy(key: K): boolean {
    return this.#queues.has(key);
  }
}
