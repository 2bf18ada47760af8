/**
 * Wakes the waiters of a key. It carries no data: a waiter reads what is new from the source, so a
 * missed or doubled wake does no harm.
 */
export class Notifier<K> {
  readonly #waiting = new Map<K, Set<() => void>>();

  notify(key: K): void {
    const waiters = this.#waiting.get(key);
    if (!waiters) return;
    this.#waiting.delete(key);
    for (const wake of waiters) wake();
  }

  /** Resolves at the next `notify(key)`, on abort, or after `timeoutMs`. Call before reading. */
  next(key: K, signal?: AbortSignal, timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      let timer: NodeJS.Timeout | undefined;
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        const waiters = this.#waiting.get(key);
        waiters?.delete(wake);
        if (waiters?.size === 0) this.#waiting.delete(key);
        resolve();
      };
      if (timeoutMs !== undefined) timer = setTimeout(wake, timeoutMs);
      signal?.addEventListener('abort', wake, { once: true });
      const waiters = this.#waiting.get(key) ?? new Set();
      waiters.add(wake);
      this.#waiting.set(key, waiters);
    });
  }
}
