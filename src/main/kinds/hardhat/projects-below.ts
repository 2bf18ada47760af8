import { foldersBelow } from '../../lib/folders-below.ts';
import { configIn } from './config-file.ts';

/** The projects one or two levels below a folder, the nearest first; absolute, at most ten. */
export const projectsBelow = (folder: string): string[] =>
  foldersBelow(folder, (files, one) => configIn(files, one) !== undefined);
