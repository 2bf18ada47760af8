import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../kit/errors.ts';
import type { Preparation } from '../engine.ts';
import type { ImageKind, ImageSource, ImageUse, OwnImage } from '../images.ts';
import { type BuildOptions, build } from './build.ts';
import { explained } from './container.ts';
import type { Daemon } from './daemon.ts';
import { faultText, ifThere, isLost } from './fault.ts';
import { ownImages, removeNameless, removeOwnImage } from './own-images.ts';
import { pull } from './pull.ts';
import { foundryFrom, projectRecipe, type Recipe, recipe } from './recipe.ts';

/** A build context above this is mostly something that was meant to be left out. */
const LARGE_CONTEXT = 50 * 1024 * 1024;

export async function imageId({ docker }: Daemon, tag: string): Promise<string | undefined> {
  return (await ifThere(docker.getImage(tag).inspect()))?.Id;
}

export async function hasImage(daemon: Daemon, tag: string): Promise<boolean> {
  return (await imageId(daemon, tag)) !== undefined;
}

export interface ImagesParts {
  daemon: () => Promise<Daemon>;
  /** Build arguments that replace the Dockerfiles' defaults. */
  args: () => Record<string, string>;
  build: () => Promise<Omit<BuildOptions, 'onProgress' | 'fresh'>>;
  /** Foundry's image to use instead of one of our own; empty: ours. */
  foundryImage: () => string;
  /** What a project has chosen: a standard image, or a Dockerfile, relative to its folder. */
  imageOf: (project: number) => ImageKind | { dockerfile: string };
  /** Told at once, and must cost nothing. */
  used: (use: ImageUse) => void;
}

/** The images that containers of ours are made from: built when they are first needed. */
export class Images {
  readonly #parts: ImagesParts;
  readonly #building = new Map<string, Build>();
  /** By tag, as they were last seen. */
  readonly #ids = new Map<string, string>();

  constructor(parts: ImagesParts) {
    this.#parts = parts;
  }

  isOwn(project: number): boolean {
    return typeof this.#parts.imageOf(project) !== 'string';
  }

  /** Rejects with DOCKERFILE_UNUSABLE. */
  recipe(source: ImageSource): Promise<Recipe> {
    if (typeof source !== 'string') {
      const chosen = this.#parts.imageOf(source.id);
      return typeof chosen === 'string'
        ? this.recipe(chosen)
        : projectRecipe(source.path, chosen.dockerfile);
    }
    const official = source === 'foundry' ? this.#parts.foundryImage() : '';
    return official ? foundryFrom(official) : recipe(source, this.#parts.args());
  }

  /**
   * Answers the tag of an image that is there now; builds it if need be, once for all who ask
   * meanwhile. Rejects with ENGINE_UNAVAILABLE, IMAGE_BUILD_FAILED or DOCKERFILE_UNUSABLE.
   */
  async ensure(source: ImageSource, preparation: Preparation = {}): Promise<string> {
    const made = await this.recipe(source);
    await this.make(made, preparation);
    return made.tag;
  }

  /** The same for a recipe that is at hand. */
  async make(made: Recipe, preparation: Preparation = {}): Promise<void> {
    const { tag, kind } = made;
    const id = await imageId(await this.#parts.daemon(), tag);
    if (id !== undefined) {
      this.#ids.set(tag, id);
      this.#parts.used({ tag, kind, builtInMs: null });
    } else {
      await this.build(made, preparation);
    }
  }

  /** The id that its tag had when it was last looked at or built; made if need be. */
  async idOf(made: Recipe): Promise<string> {
    if (!this.#ids.has(made.tag)) await this.make(made);
    return this.#ids.get(made.tag) ?? '';
  }

  /** What Docker has of ours. Rejects with ENGINE_UNAVAILABLE. */
  own(): Promise<OwnImage[]> {
    return this.#asked(ownImages);
  }

  /** `removeOwnImage`. Rejects with ENGINE_UNAVAILABLE. */
  removeOwn(tag: string): Promise<'removed' | 'used' | 'gone'> {
    return this.#asked((daemon) => removeOwnImage(daemon, tag));
  }

  /** Builds what would be taken now, also when it is there; rejects as `ensure` does. */
  async rebuild(source: ImageSource, options: Preparation & { fresh: boolean }): Promise<void> {
    await this.build(await this.recipe(source), options);
  }

  async #asked<T>(work: (daemon: Daemon) => Promise<T>): Promise<T> {
    const daemon = await this.#parts.daemon();
    try {
      return await work(daemon);
    } catch (error) {
      throw isLost(error) ? explained(error) : error;
    }
  }

  /** Builds it, also when it is there. `fresh`: takes no step from an earlier build. */
  async build(
    made: Recipe,
    { note, signal, fresh = false }: Preparation & { fresh?: boolean } = {},
  ): Promise<void> {
    const current = this.#building.get(made.tag) ?? this.#start(made, fresh);
    for (const line of current.said) note?.(line);
    if (note) current.listeners.add(note);
    try {
      await orAborted(current.done, signal);
    } finally {
      if (note) current.listeners.delete(note);
    }
  }

  #start(made: Recipe, fresh: boolean): Build {
    const current: Build = { said: [], listeners: new Set(), done: Promise.resolve() };
    const say = (line: string) => {
      current.said.push(line);
      for (const listener of current.listeners) listener(line);
    };
    current.done = this.#build(made, fresh, say).finally(() => this.#building.delete(made.tag));
    // Whoever waits hears of it; and if nobody does any more, nobody needs to.
    current.done.catch(() => undefined);
    this.#building.set(made.tag, current);
    return current;
  }

  async #build(made: Recipe, fresh: boolean, say: (line: string) => void): Promise<void> {
    const [daemon, options] = await Promise.all([this.#parts.daemon(), this.#parts.build()]);
    say(`Building the image ${made.tag}: it is made once, and used by every later run.`);
    const before = performance.now();
    try {
      if (made.base) await this.#haveBase(daemon, made.base, fresh, say);
      if (made.context && made.context.bytes > LARGE_CONTEXT) say(largeContext(made));
      const old = await imageId(daemon, made.tag);
      await build(daemon, made, { ...options, fresh, onProgress: say });
      this.#ids.set(made.tag, await appeared(daemon, made.tag));
      if (old) await removeNameless(daemon.docker, old);
    } catch (error) {
      throw buildFailed(made, faultText(error));
    }
    const builtInMs = performance.now() - before;
    this.#parts.used({ tag: made.tag, kind: made.kind, builtInMs });
    say(`The image is ready after ${(builtInMs / 1000).toFixed(0)} s.`);
  }

  /** Pulls it when it isn't there; for a fresh build again, as its tag may have moved on. */
  async #haveBase(
    daemon: Daemon,
    base: string,
    fresh: boolean,
    say: (line: string) => void,
  ): Promise<void> {
    const there = await hasImage(daemon, base);
    if (there && !fresh) return;
    try {
      await pull(daemon, base, say);
    } catch (error) {
      if (!there) throw error;
      say(`It can't be pulled again, so the one that is here is taken: ${faultText(error)}`);
    }
  }
}

interface Build {
  said: string[];
  listeners: Set<(line: string) => void>;
  done: Promise<void>;
}

function largeContext({ context, file }: Recipe): string {
  const megabytes = Math.round((context?.bytes ?? 0) / 1024 / 1024);
  return `The folder of ${file} has ${megabytes} MiB, and all of it goes into the build. List in a .dockerignore beside it what the image doesn't need.`;
}

function buildFailed(made: Recipe, said: string): AppError {
  const { file, base } = made;
  const of = file ? `of ${file}` : `for ${made.kind}`;
  if (/no space left on device/i.test(said)) {
    return failure(
      `The image ${of} could not be built: the disk that Docker keeps its images on is full. Free some space there, then try again.`,
      { label: 'Remove unused images', command: 'drydock image cleanup' },
    );
  }
  // 127: the shell knows no such program.
  if ((file || base) && /forge --version/.test(said) && /\b127\b/.test(said)) {
    return file
      ? failure(
          `The image ${of} has no forge. Add it to the last stage, e.g. "COPY --from=ghcr.io/foundry-rs/foundry:v1.7.1 /usr/local/bin/forge /usr/local/bin/", then try again.`,
        )
      : failure(
          `The image ${base} has no forge. Choose an image of Foundry in the settings, or none to let Drydock build its own.`,
        );
  }
  const why = said.trim().split('\n').at(-1)?.replace(/\.$/, '');
  const remedy = base
    ? `Check the reference ${base} and the connection to its registry, or choose none in the settings to let Drydock build its own.`
    : file
      ? 'Correct the Dockerfile, or check the connection to the registries; then try again.'
      : 'Check the connection to the registries (proxies and certificates are taken from your environment), then try again.';
  return failure(`The image ${of} could not be built: ${why}. ${remedy}`);
}

const failure = (message: string, fix?: { label: string; command: string }): AppError =>
  new AppError('IMAGE_BUILD_FAILED', message, fix ? { fix } : {});

/** A build's stream ends a moment before its image can be found. Answers its id. */
async function appeared(daemon: Daemon, tag: string): Promise<string> {
  for (let left = 40; left > 0; left--) {
    const id = await imageId(daemon, tag);
    if (id !== undefined) return id;
    await sleep(50);
  }
  throw new Error('the build ended without an image');
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
