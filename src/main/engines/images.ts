/** An image that we have made, once under each tag that we gave it. */
export interface OwnImage {
  tag: string;
  kind: string;
  /** Drydock's version that made it. */
  version: string;
  bytes: number;
  /** What only this image takes; of daemons that don't tell, all of it. */
  ownBytes: number;
  /** Unix time, ms. */
  createdAt: number;
  usedBy: ImageUser[];
}

/** A container that was made from an image. */
export interface ImageUser {
  /** Name of the container. */
  container: string;
  kind: 'workspace' | 'chain' | 'other';
  /** Id of the project, or name of the chain. */
  of: string;
  /** Of this data folder; undefined for a container that isn't ours. */
  home: string | undefined;
  running: boolean;
}

/** One time that an image was needed. */
export interface ImageUse {
  tag: string;
  kind: string;
  /** So long its build took; null: it was there. */
  builtInMs: number | null;
}

/** The images that we have Dockerfiles for. */
export type ImageKind = 'foundry' | 'hardhat';

/** A standard image, or the one that a project has chosen. */
export type ImageSource = ImageKind | { id: number; path: string };

/** What the engine does with images. Rejects with ENGINE_UNAVAILABLE when nobody answers. */
export interface ImageEngine {
  own(): Promise<OwnImage[]>;
  /** Leaves alone what isn't ours, and what a container needs. */
  removeOwn(tag: string): Promise<'removed' | 'used' | 'gone'>;
  /** What would be taken now. Rejects with DOCKERFILE_UNUSABLE. */
  recipe(source: ImageSource): Promise<{ tag: string; kind: string }>;
  /** Rejects with IMAGE_BUILD_FAILED or DOCKERFILE_UNUSABLE. */
  rebuild(
    source: ImageSource,
    options: { fresh: boolean; note: (line: string) => void; signal?: AbortSignal },
  ): Promise<void>;
}
