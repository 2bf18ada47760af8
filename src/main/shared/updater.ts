export const updateChannels = ['latest', 'beta'] as const;
export type UpdateChannel = (typeof updateChannels)[number];

/** A newer version, as who releases Drydock has signed it. */
export interface FoundUpdate {
  version: string;
  /** What is new in it, as plain text; null: nothing is said. */
  notes: string | null;
}

/** Where the app can take the place of itself: a door gives it to the core. */
export interface Updater {
  /**
   * Looks for a version newer than this one. Rejects with a sentence when the feed can't be read, or
   * isn't what who releases Drydock has signed.
   */
  check(channel: UpdateChannel): Promise<FoundUpdate | null>;
  /**
   * Downloads what `check` has found last. `progress`: the part that is here, 0 to 1. Rejects with a
   * sentence when it is not what was signed.
   */
  download(progress: (part: number) => void): Promise<void>;
  /** Ends the app as a user does, installs what was downloaded, and starts it again. */
  install(): void;
}
