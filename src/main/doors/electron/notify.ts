import { setTimeout as sleep } from 'node:timers/promises';
import { Notification } from 'electron';
import type { Logger } from 'pino';
import { noticeOf } from '../../features/events/contract/words.ts';
import type { Event } from '../../features/events/contract.ts';
import { isNotified } from '../../features/settings/contract/quiet.ts';
import type { Client } from '../host/connect-to.ts';
import { actionsOn } from './notice-actions.ts';

const RETRY_MS = 2000;

interface Shows {
  /** Whether the user looks at the app: then nothing is shown. */
  isLookedAt(): boolean;
  /** Shows a page of the window. */
  show(page: string): void;
}

/** Shows what ended as notifications of the system, of whichever core serves the window. */
export class Notifications {
  readonly #window: Shows;
  readonly #logger: Logger;
  /** One that is forgotten can be collected, and then its click does nothing. */
  readonly #shown = new Set<Notification>();

  constructor(window: Shows, logger: Logger) {
    this.#window = window;
    this.#logger = logger;
  }

  /** Until the signal is aborted. What happens while the connection is lost comes after it. */
  async follow(client: Client, signal: AbortSignal): Promise<void> {
    let after: number | undefined;
    while (!signal.aborted) {
      try {
        after ??= (await client.events.list({ limit: 1 }))[0]?.seq ?? 0;
        for await (const batch of await client.events.watch({ after }, { signal })) {
          after = batch.at(-1)?.seq ?? after;
          for (const event of batch) {
            await this.#tell(event, client).catch((error: unknown) => {
              this.#logger.warn({ err: error }, 'no notification could be shown');
            });
          }
        }
      } catch {
        // The end of the signal, or of the connection.
      }
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #tell(event: Event, client: Client): Promise<void> {
    const notice = noticeOf(event, Date.now());
    if (!notice || !Notification.isSupported() || this.#window.isLookedAt()) return;
    if (!isNotified(await client.settings.get(), Date.now())) return;
    const actions = actionsOn(notice);
    const notification = new Notification({
      title: notice.title,
      body: notice.body,
      // Where the system shows none, a click leads to the run all the same.
      actions: actions.map(({ text }) => ({ type: 'button', text })),
    });
    this.#shown.add(notification);
    const go = (page: string) => {
      this.#shown.delete(notification);
      this.#window.show(page);
    };
    notification.on('click', () => go(`/deployments/${notice.deployment}`));
    notification.on('action', ({ actionIndex }) => {
      const action = actions[actionIndex];
      if (action) go(action.page);
    });
    notification.on('close', () => this.#shown.delete(notification));
    notification.show();
  }
}
