import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Notifier } from '../../lib/notifier.ts';
import type { KnownSecrets } from '../../lib/secrets/known-secrets.ts';
import type { Seal } from '../../lib/secrets/seal.ts';
import type { Event } from '../events/contract.ts';
import { addressSecrets, openAddress } from './address.ts';
import { bodyOf } from './message.ts';
import { type Answer, send } from './send.ts';
import type { DeliveryRow, WebhookRow, WebhooksStore } from './store.ts';

export interface DeliveryTiming {
  /** For one attempt. */
  timeoutMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
  attempts: number;
  /** What is under way when the core closes is waited for so long. */
  graceMs: number;
}

export const usualTiming: DeliveryTiming = {
  timeoutMs: 10_000,
  firstRetryMs: 5000,
  longestRetryMs: 3_600_000,
  attempts: 8,
  graceMs: 2000,
};

/** Beyond its timeout, before another core may take a delivery over. */
const CLAIM_SLACK_MS = 5000;
const IDLE_MS = 30_000;
const PAGE = 500;
const KEPT_DELIVERIES = 500;
const KEPT_MS = 30 * 86_400_000;

export interface DispatcherDependencies {
  store: WebhooksStore;
  logger: Logger;
  seal: Seal;
  secrets: KnownSecrets;
  eventsAfter: (seq: number, limit: number) => Event[];
  /** Tells that there are new events. Returns how to stop. */
  onEvent: (listener: () => void) => () => void;
  changed: (webhook: number) => void;
  userAgent: string;
  timing: DeliveryTiming;
}

/**
 * Makes deliveries of events and makes them arrive. What has to be sent stands in SQLite: first the
 * place up to which a webhook has seen the events, then a row for each delivery. So each event is
 * delivered at least once, whenever a core ends; and no emitter of an event waits for anything.
 */
export class Dispatcher {
  readonly #deps: DispatcherDependencies;
  readonly #notifier = new Notifier<'any'>();
  readonly #closing = new AbortController();
  readonly #abandon = new AbortController();
  /** By webhook: one delivery at a time each, so that a slow one holds up only itself. */
  readonly #sending = new Map<number, Promise<void>>();
  readonly #settled = new Notifier<number>();
  readonly #unlisten: () => void;
  readonly #loop: Promise<void>;

  constructor(deps: DispatcherDependencies) {
    this.#deps = deps;
    this.#unlisten = deps.onEvent(() => this.poke());
    this.#loop = this.#run();
  }

  /** There may be something to do. */
  poke(): void {
    this.#notifier.notify('any');
  }

  /** The delivery once an attempt is over, or after `timeoutMs`. */
  async settled(id: number, timeoutMs: number): Promise<void> {
    const done = this.#settled.next(id, this.#closing.signal, timeoutMs);
    this.poke();
    await done;
  }

  /** What can't be sent in time is left for the next core. */
  async close(): Promise<void> {
    this.#unlisten();
    this.#closing.abort();
    await this.#loop;
    const under = Promise.all(this.#sending.values());
    await Promise.race([under, sleep(this.#deps.timing.graceMs, undefined, { ref: false })]);
    this.#abandon.abort();
    await under;
  }

  async #run(): Promise<void> {
    // The constructor's caller goes first.
    await Promise.resolve();
    this.#prune();
    while (!this.#closing.signal.aborted) {
      let wait = IDLE_MS;
      try {
        this.#makeDeliveries();
        wait = this.#sendDue();
      } catch (error) {
        this.#report(error);
      }
      await this.#notifier.next('any', this.#closing.signal, wait);
    }
    // The last events of this core.
    try {
      this.#makeDeliveries();
      this.#sendDue();
    } catch (error) {
      this.#report(error);
    }
  }

  #makeDeliveries(): void {
    const { store, eventsAfter, timing, changed } = this.#deps;
    for (const webhook of store.webhooks()) {
      if (!webhook.enabled) continue;
      let made = 0;
      for (;;) {
        const seen = store.transaction(() => {
          // Read again under the write lock: another core does the same.
          const after = store.afterSeq(webhook.id);
          if (after === undefined) return 0;
          const events = eventsAfter(after, PAGE);
          const last = events.at(-1);
          if (!last) return 0;
          for (const event of events.filter((e) => webhook.types?.includes(e.type) ?? true)) {
            made += 1;
            store.addDelivery({
              webhookId: webhook.id,
              eventSeq: event.seq,
              type: event.type,
              body: bodyOf(webhook.format, event),
              maxAttempts: timing.attempts,
              createdAt: Date.now(),
            });
          }
          store.setAfterSeq(webhook.id, last.seq);
          return events.length;
        });
        if (seen < PAGE) break;
      }
      if (made > 0) changed(webhook.id);
    }
  }

  /** Returns after how long to look again. */
  #sendDue(): number {
    const { store, timing } = this.#deps;
    const now = Date.now();
    for (const webhook of store.webhooks()) {
      if (this.#sending.has(webhook.id)) continue;
      const delivery = store.due(webhook.id, now);
      if (!delivery || !store.claim(delivery.id, now, now + timing.timeoutMs + CLAIM_SLACK_MS))
        continue;
      const attempt = this.#attempt(webhook, { ...delivery, attempts: delivery.attempts + 1 });
      this.#sending.set(
        webhook.id,
        attempt.catch(this.#report).finally(() => {
          this.#sending.delete(webhook.id);
          this.poke();
        }),
      );
    }
    const next = store.nextDue(now);
    return next === null ? IDLE_MS : Math.min(Math.max(next - Date.now(), 1), IDLE_MS);
  }

  async #attempt(webhook: WebhookRow, delivery: DeliveryRow): Promise<void> {
    const { store, logger, changed, timing, userAgent, secrets } = this.#deps;
    try {
      const address = openAddress(this.#deps.seal, webhook);
      const answer = address
        ? await send(
            {
              ...address,
              body: delivery.body,
              type: delivery.type,
              deliveryId: delivery.id,
              timeoutMs: timing.timeoutMs,
              userAgent,
              mask: secrets.currentWith(addressSecrets(address)),
            },
            this.#abandon.signal,
          )
        : unreadable;
      this.#settle(delivery, answer);
    } catch (error) {
      // Unless we end it ourselves, it waits until its claim runs out: not to try without a pause.
      if (this.#abandon.signal.aborted) store.unclaim(delivery.id, Date.now());
      else logger.error({ err: error, delivery: delivery.id }, 'a delivery was not recorded');
    } finally {
      this.#settled.notify(delivery.id);
      changed(webhook.id);
    }
  }

  #settle(delivery: DeliveryRow, answer: Answer): void {
    const { store } = this.#deps;
    const now = Date.now();
    // "Gone" is said by receivers that want no more of it.
    const over = delivery.attempts >= delivery.maxAttempts || answer.code === 410;
    const status = answer.ok ? 'delivered' : over ? 'failed' : 'waiting';
    if (!answer.ok && answer.retryAfterMs !== null) {
      const pause = Math.min(answer.retryAfterMs, this.#deps.timing.longestRetryMs);
      store.pause(delivery.webhookId, now + Math.round(pause));
    }
    store.settle(delivery.id, {
      status,
      nextAt: status === 'waiting' ? now + this.#pause(delivery.attempts) : null,
      endedAt: status === 'waiting' ? null : now,
      durationMs: answer.durationMs,
      responseCode: answer.code,
      response: answer.text,
      problem: answer.problem,
    });
    if (delivery.id % 100 === 0) this.#prune();
  }

  /** Exponential, with jitter. */
  #pause(attempts: number): number {
    const { firstRetryMs, longestRetryMs } = this.#deps.timing;
    const full = Math.min(firstRetryMs * 3 ** (attempts - 1), longestRetryMs);
    const own = full * (0.5 + Math.random() / 2);
    return Math.round(own);
  }

  readonly #report = (error: unknown): void => {
    this.#deps.logger.error({ err: error }, 'webhooks could not be looked after');
  };

  #prune(): void {
    try {
      this.#deps.store.prune(Date.now() - KEPT_MS, KEPT_DELIVERIES);
    } catch (error) {
      this.#deps.logger.warn({ err: error }, 'old deliveries could not be deleted');
    }
  }
}

const unreadable: Answer = {
  ok: false,
  code: null,
  text: null,
  durationMs: 0,
  problem: 'Its address was kept under a key that is gone. Enter the address and the secret again.',
  retryAfterMs: null,
};
