import { lazy } from '@orpc/server';
import type { Change } from './app/contract.ts';
import type { Event, EventType } from './events/contract.ts';
import type { Core, EventOf, Feature, Listeners, Together } from './feature.ts';

// biome-ignore lint/suspicious/noExplicitAny: what goes with what was checked by `FeatureList.add`.
type AnyFeature = Feature<string, any, any, any>;

/** The routers of all features, each loaded when one of its procedures is first called. */
type Routers<Name extends string, Api> = [Api] extends [never]
  ? unknown
  : Record<Name, ReturnType<typeof lazy<Api>>>;

/** The features in their order: each may use those that were added before it, and no other. */
export class FeatureList<Made = unknown, Api = unknown> {
  readonly #features: readonly AnyFeature[];

  constructor(features: readonly AnyFeature[] = []) {
    this.#features = features;
  }

  /** A feature that needs what is not there yet, or not like this, is an error of types. */
  add<Name extends string, Own, OwnApi = never>(
    added: Feature<Name, Made, Own, OwnApi>,
  ): FeatureList<Made & Record<Name, Own>, Api & Routers<Name, OwnApi>> {
    return new FeatureList([...this.#features, added]);
  }

  open(core: Core): OpenFeatures<Made, Api> {
    return new OpenFeatures<Made, Api>(this.#features, core);
  }
}

/** The features of one open data folder. */
export class OpenFeatures<Made, Api> {
  readonly #features: readonly AnyFeature[];
  readonly #core: Core;
  readonly #making = new Map<AnyFeature, Promise<unknown>>();
  readonly #made = new Map<AnyFeature, unknown>();
  /** What runs for events that woke a feature. */
  readonly #background = new Set<Promise<void>>();
  readonly #unlisten: () => void;
  #preparing: Promise<void> | undefined;
  #isClosing = false;
  #readiness: Promise<void> | undefined;

  constructor(features: readonly AnyFeature[], core: Core) {
    this.#features = features;
    this.#core = core;
    this.#unlisten = core.changes.listen((change) => this.#tellChange(change));
  }

  /** Makes the feature, with those that it asks for, when it is not there yet. */
  get<Name extends keyof Made>(name: Name): Promise<Made[Name]> {
    const found = this.#features.find((one) => one.name === name);
    if (!found) throw new Error(`there is no feature ${String(name)}`);
    return this.#get(found);
  }

  get router(): Api {
    return Object.fromEntries(
      this.#features.flatMap((one) => {
        const { name, router } = one;
        return router ? [[name, lazy(() => this.#serve(one, router))]] : [];
      }),
    ) as Api;
  }

  /**
   * Makes all features, and their records true, then begins what goes on for as long as a door stays
   * open. Ends early, without an error, when they are closed meanwhile.
   */
  prepare(): Promise<void> {
    this.#preparing ??= this.#prepare();
    return this.#preparing;
  }

  async #prepare(): Promise<void> {
    for (const one of this.#features) {
      if (this.#isClosing) return;
      await this.#get(one);
    }
    await this.#ready();
    for (const one of this.#core.stays ? this.#features : []) {
      if (this.#isClosing) return;
      await one.start?.(await this.#get(one), this.#core);
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.allSettled(this.#making.values());
    await Promise.all(this.#background);
    await Promise.all([...this.#made].map(([one, made]) => one.stop?.(made)));
    await Promise.allSettled([this.#preparing]);
    await Promise.all(this.#background);
    this.#unlisten();
    for (const one of this.#features.toReversed()) {
      if (this.#made.has(one)) await one.close?.(this.#made.get(one));
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  #get(one: AnyFeature): Promise<any> {
    const known = this.#making.get(one);
    if (known) return known;
    const made = (async () => {
      const own = await one.make(this.#before(one), this.#core, this.#together);
      this.#made.set(one, own);
      return own;
    })();
    this.#making.set(one, made);
    return made;
  }

  #before(one: AnyFeature): Record<string, Promise<unknown>> {
    const before = this.#features.slice(0, this.#features.indexOf(one));
    const needs = {};
    for (const earlier of before) {
      Object.defineProperty(needs, earlier.name, { get: () => this.#get(earlier) });
    }
    return needs;
  }

  async #serve(one: AnyFeature, router: NonNullable<AnyFeature['router']>) {
    const made = await this.#get(one);
    if (!one.servesAtOnce) await this.#ready();
    // A copy has its procedures alone: oRPC (1.16) looks for those of a lazy router that still knows
    // its contract at the wrong path.
    return { default: { ...(await router(made)) } };
  }

  #ready(): Promise<void> {
    this.#readiness ??= (async () => {
      for (const one of this.#features) await one.makeReady?.(await this.#getIf(one, 'makeReady'));
    })();
    return this.#readiness;
  }

  async #getIf(one: AnyFeature, part: keyof AnyFeature): Promise<unknown> {
    return one[part] ? this.#get(one) : undefined;
  }

  readonly #together: Together = {
    tell: (event) => this.#tell(event),
    ready: () => this.#ready(),
    checks: async () => {
      const all = await Promise.all(
        this.#features.map(async (one) => one.checks?.(await this.#getIf(one, 'checks')) ?? []),
      );
      return all.flat();
    },
    passes: async () => {
      const all = await Promise.all(
        this.#features.map(
          async (one) => one.reconcile?.(await this.#getIf(one, 'reconcile')) ?? [],
        ),
      );
      return all.flat();
    },
  };

  #tell(event: Event): void {
    for (const one of this.#features) {
      const work = workFor(one.on, event.type, event);
      if (work) this.#wake(one, work);
      const { onEvery } = one;
      if (onEvery) this.#wake(one, (made) => onEvery(made, event));
    }
  }

  #tellChange(change: Change): void {
    for (const one of this.#features) {
      const { onChange } = one;
      if (onChange) this.#wake(one, (made) => onChange(made, change));
    }
  }

  /** At once for a feature that is there. */
  #wake(one: AnyFeature, work: (made: unknown) => unknown): void {
    const run = async () => {
      try {
        await work(this.#made.has(one) ? this.#made.get(one) : await this.#get(one));
      } catch (error) {
        this.#core.logger.warn({ feature: one.name, err: error }, 'an event was not followed');
      }
    };
    const running = run().finally(() => this.#background.delete(running));
    this.#background.add(running);
  }
}

/** What a feature does for an event of a type that it listens to. */
function workFor<Made, Type extends EventType>(
  on: Listeners<Made> | undefined,
  type: Type,
  event: EventOf[Type],
): ((made: Made) => unknown) | undefined {
  const listen = on?.[type];
  return listen && ((made) => listen(made, event));
}
