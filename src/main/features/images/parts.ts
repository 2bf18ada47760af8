/** What Docker has of ours. */
export interface OwnImage {
  tag: string;
  kind: string;
  version: string;
  bytes: number;
  ownBytes: number;
  /** Unix time, ms. */
  createdAt: number;
  usedBy: readonly {
    container: string;
    kind: 'workspace' | 'chain' | 'other';
    /** Id of the project, or name of the chain. */
    of: string;
    /** The data folder that it belongs to; undefined: it isn't ours. */
    home: string | undefined;
    running: boolean;
  }[];
}

/** One time that an image was needed. */
export interface Use {
  tag: string;
  kind: string;
  /** So long its build took; null: it was there. */
  builtInMs: number | null;
}

/** A standard image, or the one that a project has chosen. */
export type Source = 'foundry' | 'hardhat' | { id: number; path: string };

/** What the engine does with images. Rejects with ENGINE_UNAVAILABLE when nobody answers. */
export interface ImageEngine {
  own(): Promise<OwnImage[]>;
  /** Leaves alone what isn't ours, and what a container needs. */
  removeOwn(tag: string): Promise<'removed' | 'used' | 'gone'>;
  /** What would be taken now. Rejects with DOCKERFILE_UNUSABLE. */
  recipe(source: Source): Promise<{ tag: string; kind: string }>;
  /** Rejects with IMAGE_BUILD_FAILED or DOCKERFILE_UNUSABLE. */
  rebuild(
    source: Source,
    options: { fresh: boolean; note: (line: string) => void; signal?: AbortSignal },
  ): Promise<void>;
}
