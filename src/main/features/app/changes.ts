import { setTimeout as sleep } from 'node:timers/promises';
import { Notifier } from '../../lib/notifier.ts';
import type { ChangeFeed } from '../feature.ts';
import { type Change, change } from './contract.ts';

/** Changes are told at most so often: thirty blocks in a row are one piece of news. */
const TOLD_EVERY_MS = 60;
const REMEMBERED = 1000;

/** Tells every reader what changed. A reader that falls far behind is told that everything did. */
export class Changes implements ChangeFeed {
  readonly #notifier = new Notifier<'any'>();
  readonly #listeners = new Set<(change: Change) => void>();
  #recent: Change[] = [];
  #first = 0;

  readonly tell = (change: Change): void => {
    this.#recent.push(change);
    if (this.#recent.length > 2 * REMEMBERED) {
      this.#first += this.#recent.length - REMEMBERED;
      this.#recent = this.#recent.slice(-REMEMBERED);
    }
    for (const listener of this.#listeners) listener(change);
    this.#notifier.notify('any');
  };

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *follow(signal?: AbortSignal): AsyncGenerator<Change[], void> {
    let next = this.#first + this.#recent.length;
    yield [];
    while (!signal?.aborted) {
      if (next === this.#first + this.#recent.length) {
        await this.#notifier.next('any', signal);
        await sleep(TOLD_EVERY_MS, undefined, { signal }).catch(() => undefined);
        continue;
      }
      const missed = next < this.#first;
      const news = missed ? everything : this.#recent.slice(next - this.#first);
      next = this.#first + this.#recent.length;
      yield distinct(news);
    }
  }
}

const everything: Change[] = change.shape.topic.options.map((topic) => ({ topic }));

function distinct(changes: Change[]): Change[] {
  return [...new Map(changes.map((c) => [`${c.topic}:${c.key ?? ''}`, c])).values()];
}
