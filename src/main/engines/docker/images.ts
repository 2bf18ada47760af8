import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../kit/errors.ts';
import type { Preparation } from '../engine.ts';
import { type BuildOptions, build } from './build.ts';
import type { Daemon } from './daemon.ts';
import { faultText, ifThere } from './fault.ts';
import { type ImageKind, type Recipe, recipe } from './recipe.ts';

export async function hasImage({ docker }: Daemon, tag: string): Promise<boolean> {
  return (await ifThere(docker.getImage(tag).inspect())) !== undefined;
}

export interface ImagesParts {
  daemon: () => Promise<Daemon>;
  /** Build arguments that replace the Dockerfiles' defaults. */
  args: () => Record<string, string>;
  build: () => Promise<Omit<BuildOptions, 'onProgress'>>;
}

/** The images that containers of ours are made from: built when they are first needed. */
export class Images {
  readonly #parts: ImagesParts;
  readonly #building = new Map<string, Build>();

  constructor(parts: ImagesParts) {
    this.#parts = parts;
  }

  recipe(kind: ImageKind): Promise<Recipe> {
    return recipe(kind, this.#parts.args());
  }

  /**
   * Answers the tag of an image that is there now; builds it if need be, once for all who ask
   * meanwhile. Rejects with ENGINE_UNAVAILABLE or IMAGE_BUILD_FAILED.
   */
  async ensure(kind: ImageKind, { note, signal }: Preparation = {}): Promise<string> {
    const [made, daemon] = await Promise.all([this.recipe(kind), this.#parts.daemon()]);
    if (!(await hasImage(daemon, made.tag))) await this.build(made, { note, signal });
    return made.tag;
  }

  async build(made: Recipe, { note, signal }: Preparation = {}): Promise<void> {
    const current = this.#building.get(made.tag) ?? this.#start(made);
    for (const line of current.said) note?.(line);
    if (note) current.listeners.add(note);
    try {
      await orAborted(current.done, signal);
    } finally {
      if (note) current.listeners.delete(note);
    }
  }

  #start(made: Recipe): Build {
    const current: Build = { said: [], listeners: new Set(), done: Promise.resolve() };
    const say = (line: string) => {
      current.said.push(line);
      for (const listener of current.listeners) listener(line);
    };
    current.done = this.#build(made, say).finally(() => this.#building.delete(made.tag));
    // Whoever waits hears of it; and if nobody does any more, nobody needs to.
    current.done.catch(() => undefined);
    this.#building.set(made.tag, current);
    return current;
  }

  async #build(made: Recipe, say: (line: string) => void): Promise<void> {
    const [daemon, options] = await Promise.all([this.#parts.daemon(), this.#parts.build()]);
    say(`Building the image ${made.tag}: it is made once, and used by every later run.`);
    const before = performance.now();
    try {
      await build(daemon, made, { ...options, onProgress: say });
      await appeared(daemon, made.tag);
    } catch (error) {
      throw new AppError(
        'IMAGE_BUILD_FAILED',
        `The image for ${made.kind} could not be built: ${lastLine(faultText(error))}. Check the connection to the registries (proxies and certificates are taken from your environment), then try again.`,
      );
    }
    say(`The image is ready after ${((performance.now() - before) / 1000).toFixed(0)} s.`);
  }
}

interface Build {
  said: string[];
  listeners: Set<(line: string) => void>;
  done: Promise<void>;
}

/** A build's stream ends a moment before its image can be found. */
async function appeared(daemon: Daemon, tag: string): Promise<void> {
  for (let left = 40; !(await hasImage(daemon, tag)); left--) {
    if (left === 0) throw new Error('the build ended without an image');
    await sleep(50);
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.replace(/\.$/, '') ?? '';
