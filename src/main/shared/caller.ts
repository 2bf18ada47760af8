/**
 * Where a call has come in. `core`: nobody has asked, Drydock does it by itself; `api`: a program,
 * over HTTP or a socket.
 */
export const doorNames = ['window', 'browser', 'cli', 'api', 'core'] as const;
export type DoorName = (typeof doorNames)[number];

/** Who calls, as the door knows it. */
export interface Caller {
  door: DoorName;
  /** Of the operating system; null: it isn't known. */
  user: string | null;
  /** Name of the API token that the call came with; null: with none of those that have a name. */
  token: string | null;
}

/** Drydock itself: whoever had to be allowed what follows was, before. */
export const DRYDOCK: Caller = { door: 'core', user: null, token: null };
