import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../lib/worker-file.ts';
import type { Asked, ChainCalls, ChainOfThread, Heard } from './chain-worker.ts';
import type { ChainSettings, JournalPage, OwnChainStatus, Reverted } from './control/protocol.ts';
import type { Tell } from './event-ring.ts';
import { Refused } from './refused.ts';
import type { StateFile } from './state-file.ts';

/** What a flood of small calls leaves over fits in; the default of 48 would be kept by each chain. */
const YOUNG_MB = 8;
/** One whose thread is busy for longer is ended where it stands. */
const CLOSE_MS = 2_000;
/** One that doesn't respond by then is busy: its last status counts. */
const STATUS_MS = 1_000;

interface Around {
  tell: Tell;
  state: StateFile;
}

/** A chain in a thread of its own: what programs ask of it takes no time of the other chains. */
export class ChainThread {
  readonly #name: string;
  readonly #chainId: number;
  readonly #state: StateFile;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;
  #status: OwnChainStatus;

  constructor(name: string, settings: ChainSettings, { tell, state }: Around) {
    this.#name = name;
    this.#chainId = settings.chainId;
    this.#status = {
      ...{ chain: name, port: settings.port, listening: false, problem: null },
      ...{ requests: 0, inFlight: 0, websockets: 0, refused: 0 },
    };
    this.#state = state;
    this.#worker = new Worker(workerFile(import.meta.url, './chain-worker.ts', 'gateway-chain'), {
      workerData: { name, settings, known: state.get(name) } satisfies ChainOfThread,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', (heard: Heard) => {
      if ('event' in heard) tell(heard.event);
      else if ('state' in heard) state.set(name, heard.state);
      else this.#heard(heard);
    });
    // The process ends as with an error of its own, and the core starts another one.
    this.#worker.on('error', (error) => {
      throw error;
    });
  }

  /** What is remembered of accounts is another chain's. */
  isOther({ chainId }: ChainSettings): boolean {
    return this.#chainId !== chainId;
  }

  /** @throws Refused PORT_TAKEN */
  set(settings: ChainSettings): Promise<void> {
    return this.#ask('set', settings);
  }

  async status(): Promise<OwnChainStatus> {
    const over = new AbortController();
    const asked = this.#ask('status')
      .then((status) => {
        this.#status = status;
      })
      // It is being closed.
      .catch(() => undefined);
    const late = sleep(STATUS_MS, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([asked, late]);
    over.abort();
    return this.#status;
  }

  journal(last: number): Promise<JournalPage> {
    return this.#ask('journal', last);
  }

  pause(): Promise<void> {
    return this.#ask('pause');
  }

  /** As `Chain.remember`, and what a next gateway has to know is written. */
  async remember(): Promise<void> {
    await this.#ask('remember');
    await this.#state.flush();
  }

  async reverted(how: Reverted): Promise<void> {
    await this.#ask('reverted', how);
    await this.#state.flush();
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => void this.#worker.terminate(), CLOSE_MS);
    await Promise.race([
      this.#ask('close'),
      new Promise((resolve) => this.#worker.once('exit', resolve)),
    ]);
    clearTimeout(timer);
    await this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#gone());
  }

  #ask<Name extends keyof ChainCalls>(
    call: Name,
    ...args: Parameters<ChainCalls[Name]>
  ): Promise<Awaited<ReturnType<ChainCalls[Name]>>> {
    const id = ++this.#asked;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#worker.postMessage({ id, call, args } satisfies Asked);
    return waiting.promise as Promise<Awaited<ReturnType<ChainCalls[Name]>>>;
  }

  #heard(heard: Extract<Heard, { id: number }>): void {
    const waiting = this.#waiting.get(heard.id);
    this.#waiting.delete(heard.id);
    if ('value' in heard) waiting?.resolve(heard.value);
    else waiting?.reject(new Refused(heard.refused.status, heard.refused.code, heard.message));
  }

  #gone(): Refused {
    return new Refused(404, 'NOT_FOUND', `The gateway has no chain "${this.#name}" any more.`);
  }
}
