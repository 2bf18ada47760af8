import path from 'node:path';
import { z } from 'zod';
import { isLink } from './deep-link.ts';

/** What a start of the app was asked to open. */
export type OpenRequest =
  /** As it came, to be read as what any page can make. */
  | { link: string }
  /** Chosen by the user of this machine: "open with", or as an argument. Absolute. */
  | { folder: string };

/** What a second start hands over to the first. */
export const handedOver = z.object({
  args: z.array(z.string().max(10_000)).max(1000),
  cwd: z.string().max(10_000),
});
export type HandedOver = z.infer<typeof handedOver>;

/** The arguments that are for us: not the program, nor what Electron is given to run. */
export function ownArguments(argv: readonly string[], isPackaged: boolean): string[] {
  const args = argv.slice(1);
  return isPackaged ? args : args.slice(args.findIndex((arg) => !arg.startsWith('-')) + 1);
}

/**
 * The one thing that a start asks for, or null. Where there is a link, nothing beside it counts: it
 * may have been made to look like several arguments. Switches are for Chromium.
 */
export function openRequest({ args, cwd }: HandedOver): OpenRequest | null {
  const link = args.find(isLink);
  if (link !== undefined) return { link };
  const folder = args.find((arg) => arg !== '' && !arg.startsWith('-'));
  return folder === undefined ? null : { folder: path.resolve(cwd, folder) };
}
