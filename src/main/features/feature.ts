import type { Logger } from 'pino';
import type { Checkpoints } from '../db/checkpoints.ts';
import type { Db } from '../db/open.ts';
import type { EngineChoice } from '../engines/engines.ts';
import type { KindEntry } from '../kinds/kinds.ts';
import type { Desktop } from '../lib/desktop.ts';
import type { PinnedPackage } from '../lib/npm/tarball.ts';
import type { Platform } from '../lib/platform.ts';
import type { ProcessRef } from '../lib/process-ref.ts';
import type { Liveness } from '../lib/processes/processes.ts';
import type { KnownSecrets } from '../lib/secrets/known-secrets.ts';
import type { NamedCheck } from '../shared/check.ts';
import type { Updater } from '../shared/updater.ts';
import type { Change } from './app/contract.ts';
import type { Event, EventType } from './events/contract.ts';

/** What changed, as it is told. */
export interface ChangeFeed {
  /** Called at once for every change. Returns how to stop. */
  listen(listener: (change: Change) => void): () => void;
  /** Starts with an empty batch, so that a reader knows that nothing is missed from here on. */
  follow(signal?: AbortSignal): AsyncGenerator<Change[], void>;
}

/** The open data folder, and what every feature works with. */
export interface Core {
  /** The data folder. */
  readonly home: string;
  readonly db: Db;
  readonly checkpoints: Checkpoints;
  readonly logger: Logger;
  /** What is hidden in logs and in what others say. */
  readonly secrets: KnownSecrets;
  readonly changes: ChangeFeed;
  readonly changed: (change: Change) => void;
  /** Whether the data folder still stands where it was opened. */
  readonly isPresent: () => boolean;
  /** This process, and which other ones are there. */
  readonly owner: ProcessRef;
  readonly isAlive: Liveness['isAlive'];
  readonly isGone: Liveness['isGone'];
  /** The door stays open: this core leads on its data folder. */
  readonly stays: boolean;
  /** Aborts when another core has taken over. */
  readonly lost: AbortSignal;
  /** Which modes of files were corrected when the folder was opened; null: none. */
  readonly corrected: string | null;
  /** Called when something could not be written to the data folder. */
  readonly onWriteFailed: Set<() => void>;
  /** Instead of what the settings say. */
  readonly engine?: EngineChoice;
  /** Of this machine's programs, instead of as it is. */
  readonly platform?: Platform;
  /** Where the app updates itself. */
  readonly updater?: Updater;
  /** Tools that this Drydock came without, instead of what its package says. */
  readonly leftOut?: readonly PinnedPackage[];
  /** Where programs to open things with are looked for, instead of this machine. */
  readonly desktop?: Desktop;
  /** Instead of all that there are. */
  readonly kinds?: readonly KindEntry[];
}

/** Compares one kind of record with what is really there. Returns what it repaired, a sentence each. */
export type ReconcilePass = () => Promise<string[]>;

/** What the features do together. */
export interface Together {
  /** Tells an event to the features that listen to it. */
  tell: (event: Event) => void;
  /** In the order of the list. */
  checks: () => Promise<NamedCheck[]>;
  passes: () => Promise<ReconcilePass[]>;
  /** Resolves once the records are known to be true. */
  ready: () => Promise<void>;
}

/** What features earlier in the list have made. Each is made when it is first asked for. */
export type Use<Needs> = { readonly [Name in keyof Needs]: Promise<Needs[Name]> };

/** Each event by its type. */
export type EventOf = { [Type in EventType]: Extract<Event, { type: Type }> };

export type Listeners<Made> = {
  readonly [Type in EventType]?: (made: Made, event: EventOf[Type]) => void | Promise<void>;
};

/** The table of contents of a feature. All of it runs on what `make` returns. */
export interface Feature<Name extends string, Needs, Made, Api> {
  readonly name: Name;
  readonly make: (needs: Use<Needs>, core: Core, together: Together) => Made | Promise<Made>;
  /** Its part of the contract. */
  readonly router?: (made: Made) => Api | Promise<Api>;
  /** Its procedures read no record that a reconciliation pass may correct, or wait for it themselves. */
  readonly servesAtOnce?: boolean;
  readonly on?: Listeners<Made>;
  readonly onEvery?: (made: Made, event: Event) => void;
  readonly onChange?: (made: Made, change: Change) => void;
  /** What the doctor asks of it. */
  readonly checks?: (made: Made) => readonly NamedCheck[];
  readonly reconcile?: (made: Made) => readonly ReconcilePass[];
  /** Makes sure that the records are true, before any procedure that relies on it. */
  readonly makeReady?: (made: Made) => Promise<unknown>;
  /** What goes on for as long as a door stays open. */
  readonly start?: (made: Made, core: Core) => void | Promise<void>;
  /** Ends what is under way and records its end; every other feature is still there. */
  readonly stop?: (made: Made) => unknown;
  /** Those before it in the list are still there. */
  readonly close?: (made: Made) => unknown;
}

/** Infers the types of a feature from its `make`. */
export const feature = <const Name extends string, Needs, Made, Api = never>(
  definition: Feature<Name, Needs, Made, Api>,
): Feature<Name, Needs, Made, Api> => definition;
