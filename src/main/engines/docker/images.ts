import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { Preparation } from '../engine.ts';
import type {
  ImageBuild,
  ImageSource,
  ImageSpec,
  ImageUse,
  OwnImage,
  ProjectImage,
} from '../images.ts';
import type { ToolPin } from '../tools.ts';
import { type BuildOptions, build } from './build.ts';
import { explained } from './container.ts';
import type { Daemon } from './daemon.ts';
import { errorText, ifThere, isLost } from './docker-errors.ts';
import { argument, projectRecipe, type Recipe, recipe, recipeOn } from './image-spec.ts';
import { ownedImages, removeNameless, removeOwnedImage } from './owned-images.ts';
import { buildProjectImage } from './project-image.ts';
import { pull } from './pull.ts';

/** A larger build context usually contains something that should be excluded. */
const LARGE_CONTEXT = 50 * 1024 * 1024;

export async function imageId({ docker }: Daemon, tag: string): Promise<string | undefined> {
  return (await ifThere(docker.getImage(tag).inspect()))?.Id;
}

export async function hasImage(daemon: Daemon, tag: string): Promise<boolean> {
  return (await imageId(daemon, tag)) !== undefined;
}

export interface ImagesDependencies {
  daemon: () => Promise<Daemon>;
  /** Build arguments that replace the Dockerfiles' defaults. */
  args: () => Record<string, string>;
  build: () => Promise<Omit<BuildOptions, 'onProgress' | 'fresh'>>;
  specs: readonly ImageSpec[];
  /** The value of a setting; empty: none. */
  setting: (key: string) => string;
  imageOf: (project: number) => ProjectImage;
  /** Masks secrets that a build may print, such as a proxy's password. */
  mask: (text: string) => string;
  /** Called synchronously, and must be cheap. */
  used: (use: ImageUse) => void;
}

/** The images that Drydock's containers are made from: built on first use. */
export class Images {
  readonly #deps: ImagesDependencies;
  readonly #building = new Map<string, Build>();
  /** By tag, as last seen. */
  readonly #ids = new Map<string, string>();

  constructor(deps: ImagesDependencies) {
    this.#deps = deps;
  }

  get standard(): readonly { id: string; label: string }[] {
    return this.#deps.specs;
  }

  isOwn(project: number): boolean {
    return this.#deps.imageOf(project).dockerfile !== null;
  }

  /** The standard image that has a tool. Throws TOOL_MISSING. */
  specWith(tool: string): ImageSpec {
    const found = this.#deps.specs.find(({ tools }) => tools.some(({ name }) => name === tool));
    if (found) return found;
    throw new AppError('TOOL_MISSING', `No image of Drydock has ${tool}. Run it without Docker.`);
  }

  /**
   * That of a project's kind. A kind without tools in a workspace has none of its own; its terminals
   * use the default one.
   */
  specOf({ id }: { id: number }): ImageSpec {
    const { image } = this.#deps.imageOf(id);
    return this.#spec(this.#has(image) ? image : (this.#deps.specs[0]?.id ?? image));
  }

  /** Rejects with DOCKERFILE_UNUSABLE, or with BAD_INPUT when there is no such image. */
  async recipe(source: ImageSource): Promise<Recipe> {
    if (typeof source === 'string') return this.#standardRecipe(this.#spec(source));
    const { dockerfile } = this.#deps.imageOf(source.id);
    const spec = this.specOf(source);
    if (dockerfile === null) return this.#standardRecipe(spec, source.pins);
    return projectRecipe(spec, source.path, dockerfile);
  }

  #standardRecipe(spec: ImageSpec, pins?: readonly ToolPin[]): Promise<Recipe> {
    const base = spec.baseSetting === null ? '' : this.#deps.setting(spec.baseSetting);
    return base ? recipeOn(spec, base) : recipe(spec, this.#deps.args(), pins);
  }

  /** The version of the toolchain in an image by its making; undefined: the image must be asked. */
  versionIn(made: Recipe): string | undefined {
    const toolchain = this.#deps.specs.find(({ id }) => id === made.kind)?.toolchain;
    return toolchain && argument(made, toolchain.versionArgument);
  }

  #has(id: string): boolean {
    return this.#deps.specs.some((spec) => spec.id === id);
  }

  #spec(id: string): ImageSpec {
    const found = this.#deps.specs.find((spec) => spec.id === id);
    if (found) return found;
    const all = this.#deps.specs.map((spec) => spec.id).join(', ');
    throw new AppError('BAD_INPUT', `There is no image for ${id}. There is one for: ${all}.`, {
      field: 'kind',
    });
  }

  /**
   * Returns the tag of an image that exists; builds it if needed, once for all concurrent callers.
   * Rejects with ENGINE_UNAVAILABLE, IMAGE_BUILD_FAILED or DOCKERFILE_UNUSABLE.
   */
  async ensure(source: ImageSource, preparation: Preparation = {}): Promise<string> {
    const made = await this.recipe(source);
    await this.make(made, preparation);
    return made.tag;
  }

  /** The same for a given recipe. */
  async make(made: Recipe, preparation: Preparation = {}): Promise<void> {
    const { tag, kind } = made;
    const id = await imageId(await this.#deps.daemon(), tag);
    if (id !== undefined) {
      this.#ids.set(tag, id);
      this.#deps.used({ tag, kind, builtInMs: null });
    } else {
      await this.build(made, preparation);
    }
  }

  /** The last known id of its tag; the image is built if needed. */
  async idOf(made: Recipe): Promise<string> {
    if (!this.#ids.has(made.tag)) await this.make(made);
    return this.#ids.get(made.tag) ?? '';
  }

  /** Drydock's images in Docker. Rejects with ENGINE_UNAVAILABLE. */
  own(): Promise<OwnImage[]> {
    return this.#asked(ownedImages);
  }

  /** `removeOwnImage`. Rejects with ENGINE_UNAVAILABLE. */
  removeOwn(tag: string): Promise<'removed' | 'used' | 'gone'> {
    return this.#asked((daemon) => removeOwnedImage(daemon, tag));
  }

  /** Builds the image for the next use, even if it exists; rejects as `ensure` does. */
  async rebuild(source: ImageSource, options: Preparation & { fresh: boolean }): Promise<void> {
    await this.build(await this.recipe(source), options);
  }

  /** `Services.build`. */
  async buildOf(wanted: ImageBuild): Promise<string> {
    const [daemon, options] = await Promise.all([this.#deps.daemon(), this.#deps.build()]);
    const note = (line: string) => wanted.note(this.#deps.mask(line));
    const before = performance.now();
    const old = await imageId(daemon, wanted.tag);
    const id = await buildProjectImage(daemon, { ...wanted, note }, options);
    if (old !== undefined && old !== id) await removeNameless(daemon.docker, old);
    const builtInMs = performance.now() - before;
    this.#deps.used({ tag: wanted.tag, kind: wanted.kind, builtInMs });
    return id;
  }

  async #asked<T>(work: (daemon: Daemon) => Promise<T>): Promise<T> {
    const daemon = await this.#deps.daemon();
    try {
      return await work(daemon);
    } catch (error) {
      throw isLost(error) ? explained(error) : error;
    }
  }

  /** Builds it, even if it exists. `fresh`: uses no step of an earlier build. */
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
    const say = (said: string) => {
      const line = this.#deps.mask(said);
      current.said.push(line);
      for (const listener of current.listeners) listener(line);
    };
    current.done = this.#build(made, fresh, say).finally(() => this.#building.delete(made.tag));
    // Every waiting caller receives the error; without one, there is nothing to report.
    current.done.catch(() => undefined);
    this.#building.set(made.tag, current);
    return current;
  }

  async #build(made: Recipe, fresh: boolean, say: (line: string) => void): Promise<void> {
    const [daemon, options] = await Promise.all([this.#deps.daemon(), this.#deps.build()]);
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
      throw buildFailed(made, errorText(error));
    }
    const builtInMs = performance.now() - before;
    this.#deps.used({ tag: made.tag, kind: made.kind, builtInMs });
    say(`The image is ready after ${(builtInMs / 1000).toFixed(0)} s.`);
  }

  /** Pulls it when it is missing; for a fresh build always, because its tag may have moved. */
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
      say(`It can't be pulled again, so the one that is here is taken: ${errorText(error)}`);
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
  const { file, base, probes } = made;
  const of = file ? `of ${file}` : `for ${made.kind}`;
  if (/no space left on device/i.test(said)) {
    return failure(
      `The image ${of} could not be built: the disk that Docker keeps its images on is full. Free some space there, then try again.`,
      { label: 'Remove unused images', command: 'drydock image cleanup' },
    );
  }
  // 127: the shell finds no such program.
  const missing = /\b127\b/.test(said) && probes.find(({ command }) => said.includes(command));
  if (missing) {
    const { program, remedy } = missing;
    return file
      ? failure(`The image ${of} has no ${program}. ${remedy.dockerfile}`)
      : failure(`The image ${base} has no ${program}. ${remedy.base}`);
  }
  const why = said.trim().split('\n').at(-1)?.replace(/\.$/, '');
  const remedy = base
    ? `Check the reference ${base} and the connection to its registry, or choose none in the settings to let Drydock build its own.`
    : file
      ? 'Correct the Dockerfile, or check the connection to the registries; then try again.'
      : `${made.pin ? `Check that ${made.pin.toolchain.label} ${made.pin.version} was released, and` : 'Check'} the connection to the registries (proxies and certificates are taken from your environment), then try again.`;
  return failure(`The image ${of} could not be built: ${why}. ${remedy}`);
}

const failure = (message: string, fix?: { label: string; command: string }): AppError =>
  new AppError('IMAGE_BUILD_FAILED', message, fix ? { fix } : {});

/** A build's stream ends shortly before its image can be found. Returns its id. */
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
