import PQueue from 'p-queue';

/** One piece of work at a time for each key, in the order in which it was asked for. */
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

  isBusy(key: K): boolean {
    return this.#queues.has(key);
  }
}
