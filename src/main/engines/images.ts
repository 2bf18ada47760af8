import type { WorkspaceProject } from './engine.ts';

/** An image that Drydock built, listed once for each tag that it gave it. */
export interface OwnImage {
  tag: string;
  kind: string;
  /** Drydock's version that made it. */
  version: string;
  bytes: number;
  /** The size that only this image uses; the whole size if the daemon doesn't report that. */
  ownBytes: number;
  /** Unix time, ms. */
  createdAt: number;
  usedBy: ImageUser[];
}

/** A container that was made from an image. */
export interface ImageUser {
  /** Name of the container. */
  container: string;
  kind: 'workspace' | 'chain' | 'app' | 'other';
  /** Id of the project, or name of the chain or app. */
  of: string;
  /** Of this data folder; undefined for a container that isn't Drydock's. */
  home: string | undefined;
  running: boolean;
}

/** One use of an image. */
export interface ImageUse {
  tag: string;
  kind: string;
  /** How long its build took; null: it existed. */
  builtInMs: number | null;
}

/** A command that must succeed in a user's image for it to be usable for a kind of project. */
export interface ImageProbe {
  command: string;
  /** The program that it runs. */
  program: string;
  /** What to do when it is missing, in a project's Dockerfile, or in an image from the settings. */
  remedy: { dockerfile: string; base: string };
}

/** An image in which commands of a kind of project run, and services that need one of its tools. */
export interface ImageSpec {
  /** Id of the kind. Part of tags, and shown in lists. */
  id: string;
  /** As a title, e.g. `Node`. */
  label: string;
  /** The Dockerfile that comes with Drydock; absolute. */
  dockerfile: string;
  /** The tools in it, and their paths. */
  tools: readonly { name: string; path: string }[];
  /** The toolchain that they are of, and the build argument for its version; absent: none. */
  toolchain?: { id: string; versionArgument: string };
  /** The setting that names another image to use instead of Drydock's own. */
  baseSetting: string | null;
  probes: readonly ImageProbe[];
  /**
   * What its tools write into a project; without a `.dockerignore` it would change the project's
   * image.
   */
  usuallyIgnored: readonly string[];
  /** Folders of the data folder that its containers may read. */
  shared: readonly string[];
  /**
   * The folders of a project that hold programs for the machine that put them there; absolute, and
   * in its repository. Containers of another platform have these for themselves, in volumes. Runs
   * none of the project's code.
   */
  machineFolders?(project: string): Promise<string[]>;
}

/** A project's choice: the image of its kind, or a Dockerfile, relative to its folder. */
export interface ProjectImage {
  /** Id of its kind. */
  image: string;
  dockerfile: string | null;
}

/** A standard image by its id, or the image that a project has chosen, with the versions in it. */
export type ImageSource = string | WorkspaceProject;

/** An image from the Dockerfile of a project, which is the project's code. */
export interface ImageBuild {
  /** Absolute; the Dockerfile can copy from it, except what its `.dockerignore` excludes. */
  folder: string;
  /** Relative to the folder, and inside it. */
  dockerfile: string;
  /** E.g. `drydock/app-3:12`. Images of Drydock begin with `drydock/`. */
  tag: string;
  /** Shown in the list of images as its purpose. */
  kind: string;
  labels?: Record<string, string>;
  /** Values of build arguments; they stay in the image's history. */
  args?: Record<string, string>;
  /** The stage to build; absent: the last one. */
  stage?: string;
  /** Uses no step of an earlier build. */
  fresh?: boolean;
  /** The log of the build, line by line. */
  note: (line: string) => void;
  /** Ends the build. */
  signal?: AbortSignal;
}

/** What an image declares. */
export interface ImageFacts {
  id: string;
  /** TCP ports that it exposes, the lowest first. */
  ports: number[];
  /** It names no user, or root. */
  isRoot: boolean;
}

/** The engine's operations on images. Reject with ENGINE_UNAVAILABLE when no daemon responds. */
export interface ImageEngine {
  /** Those that Drydock has Dockerfiles for; the first is the default. */
  readonly standard: readonly { id: string; label: string }[];
  own(): Promise<OwnImage[]>;
  /** Leaves images alone that aren't Drydock's, or that a container needs. */
  removeOwn(tag: string): Promise<'removed' | 'used' | 'gone'>;
  /** The image that the next use would take. Rejects with DOCKERFILE_UNUSABLE. */
  recipe(source: ImageSource): Promise<{ tag: string; kind: string }>;
  /** Rejects with IMAGE_BUILD_FAILED or DOCKERFILE_UNUSABLE. */
  rebuild(
    source: ImageSource,
    options: { fresh: boolean; note: (line: string) => void; signal?: AbortSignal },
  ): Promise<void>;
}
