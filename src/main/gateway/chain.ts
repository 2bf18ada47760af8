import { messageOf } from '../shared/errors.ts';
import { Backend } from './backend.ts';
import type { ChainSettings, JournalPage, OwnChainStatus, Reverted } from './control/protocol.ts';
import type { Tell } from './event-ring.ts';
import { Hold } from './hold.ts';
import { Journal } from './journal.ts';
import { Nonces } from './nonces.ts';
import { PublicPort } from './public-port.ts';
import { Refused } from './refused.ts';
import { Senders } from './senders.ts';
import { serveHttp } from './serve-http.ts';
import type { ServedChain } from './served-chain.ts';
import { Sockets } from './sockets.ts';
import type { NonceState } from './state-file.ts';
import { Traffic } from './traffic.ts';

/** Of what is under way when a revert begins. */
const DRAIN_MS = 2_000;
/** Between two looks at a port that another program has. */
const PORT_MS = 1_000;

export interface ChainOptions {
  name: string;
  settings: ChainSettings;
  /** Of a gateway before this one. */
  known: NonceState | undefined;
  tell: Tell;
  /** Called with what must survive a kill, whenever it changes. */
  save(state: NonceState): void;
}

/** One chain: its public port, and the node behind it. */
export class Chain implements ServedChain {
  readonly name: string;
  readonly tell: Tell;
  readonly hold: Hold;
  readonly traffic: Traffic;
  readonly counts = { requests: 0, inFlight: 0, websockets: 0, refused: 0, heldBytes: 0 };
  readonly #sockets: Sockets;
  readonly #senders: Senders;
  readonly #nonces: Nonces;
  readonly #journal = new Journal();
  #settings: ChainSettings;
  #backend: Backend;
  #port: PublicPort | undefined;
  #problem: string | null = null;
  #retry: NodeJS.Timeout | undefined;
  /** What is done about the port is done in its order. */
  #opening: Promise<void> = Promise.resolve();
  #drained: (() => void) | undefined;
  #isClosed = false;

  constructor({ name, settings, known, tell, save }: ChainOptions) {
    this.name = name;
    this.tell = tell;
    this.#settings = settings;
    this.#backend = new Backend(settings.backend);
    this.hold = new Hold((heldMs) => tell({ chain: name, type: 'hold-expired', heldMs }));
    const backend = () => this.#backend;
    this.#nonces = new Nonces(
      {
        chain: name,
        chainId: settings.chainId,
        tell,
        backend,
        settings: () => this.#settings,
        save,
      },
      known,
    );
    this.#senders = new Senders({
      backend,
      sender: (account, hasCreated) => {
        this.#nonces.saw(account);
        if (hasCreated) this.#nonces.sawCreator(account);
      },
    });
    this.traffic = new Traffic({
      nonces: this.#nonces,
      senders: this.#senders,
      journal: this.#journal,
      isNoted: () => this.#settings.journal,
    });
    this.#sockets = new Sockets(this);
  }

  get settings(): ChainSettings {
    return this.#settings;
  }

  get backend(): Backend {
    return this.#backend;
  }

  /** @throws Refused PORT_TAKEN: it listens as soon as the port is free */
  async set(settings: ChainSettings): Promise<void> {
    this.#settings = settings;
    if (settings.backend !== this.#backend.url) {
      this.#backend.close();
      this.#backend = new Backend(settings.backend);
    }
    await this.#listen();
    if (this.#problem !== null) throw new Refused(409, 'PORT_TAKEN', this.#problem);
  }

  status(): OwnChainStatus {
    const { heldBytes: _, ...counts } = this.counts;
    return {
      chain: this.name,
      port: this.#settings.port,
      listening: this.#port?.isListening ?? false,
      problem: this.#problem,
      ...counts,
    };
  }

  journal(last: number): JournalPage {
    return this.#journal.page(this.#settings.journal, last);
  }

  /** New requests wait from here on. Resolves once those before them have ended, or take too long. */
  async pause(): Promise<void> {
    this.hold.begin();
    await this.#drain();
  }

  /** Notes the nonces before a revert, as the last thing of it; a node that doesn't answer has none. */
  async remember(): Promise<void> {
    // Usually all who have sent are known: their nonces are asked for at the same time.
    const known = this.#nonces.accounts();
    await Promise.all([this.#senders.find(), this.#remember(known)]);
    await this.#remember(this.#nonces.accounts().filter((account) => !known.includes(account)));
  }

  async reverted({ back, deployers }: Reverted): Promise<void> {
    if (deployers) this.#settings = { ...this.#settings, deployers };
    try {
      if (back) await this.#nonces.compare().catch(() => undefined);
      else this.#nonces.forget();
    } finally {
      this.hold.end();
    }
  }

  begin(): () => void {
    this.counts.inFlight++;
    return () => {
      this.counts.inFlight--;
      if (this.counts.inFlight === 0) this.#drained?.();
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opening;
    clearTimeout(this.#retry);
    this.hold.end();
    this.#senders.close();
    this.#sockets.close();
    await this.#port?.close();
    this.#backend.close();
  }

  #listen(since = Date.now()): Promise<void> {
    this.#opening = this.#opening.then(() => this.#open(since));
    return this.#opening;
  }

  async #open(since: number): Promise<void> {
    clearTimeout(this.#retry);
    const { port } = this.#settings;
    if (this.#isClosed || (this.#port?.port === port && this.#port.isListening)) return;
    await this.#port?.close();
    this.#port = new PublicPort(port, {
      request: (request, response) => serveHttp(this, request, response),
      upgrade: (request, socket, head) => this.#sockets.upgrade(request, socket, head),
    });
    const wasTaken = this.#problem !== null;
    try {
      await this.#port.listen();
      this.#problem = null;
      if (wasTaken)
        this.tell({ chain: this.name, type: 'port-back', waitedMs: Date.now() - since });
    } catch (error) {
      this.#problem = messageOf(error);
      this.#retry = setTimeout(() => void this.#listen(since), PORT_MS);
    }
  }

  async #remember(accounts: readonly string[]): Promise<void> {
    await this.#nonces.remember(accounts).catch(() => undefined);
  }

  async #drain(): Promise<void> {
    if (this.counts.inFlight === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, DRAIN_MS);
      this.#drained = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#drained = undefined;
  }
}
