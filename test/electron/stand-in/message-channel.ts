import { EventEmitter } from 'node:events';
import type { MessageEvent, MessagePortMain } from 'electron';

type Used = Pick<MessagePortMain, 'close' | 'postMessage' | 'start'>;

/** One end of a channel. What arrives before `start` waits, as it does in Electron. */
export class StandInPort extends EventEmitter implements Used {
  #waiting: unknown[] | null = [];
  #closed = false;
  /** Where messages and the end of this end go: the other end, or the page it was given to. */
  deliver: (message: unknown) => void = () => undefined;
  hangUp: () => void = () => undefined;

  postMessage(message: unknown): void {
    if (!this.#closed) this.deliver(structuredClone(message));
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const message of waiting) this.receive(message);
  }

  receive(message: unknown): void {
    if (this.#waiting) this.#waiting.push(message);
    else this.emit('message', { data: message, ports: [] } satisfies MessageEvent);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.hangUp();
    this.emit('close');
  }
}

export class MessageChannelMain {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();

  constructor() {
    const { port1, port2 } = this;
    for (const [from, to] of [
      [port1, port2],
      [port2, port1],
    ] as const) {
      from.deliver = (message) => setImmediate(() => to.receive(message));
      from.hangUp = () => setImmediate(() => to.close());
    }
  }
}
