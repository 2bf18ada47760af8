import type { Settings } from '../contract.ts';

/** Whether the user is to be told of what ends, outside of the window. @param now Unix time, ms */
export const isNotified = (
  { notifyWhenDone, quietUntil }: Pick<Settings, 'notifyWhenDone' | 'quietUntil'>,
  now: number,
): boolean => notifyWhenDone && now >= quietUntil;
