import path from 'node:path';
import { foldersBelow } from '../../lib/folders-below.ts';

/** The projects one or two levels below a folder, the nearest first; absolute, at most ten. */
export const projectsBelow = (folder: string): string[] =>
  foldersBelow(
    folder,
    (files, one) => files.stat(path.join(one, 'foundry.toml'))?.isFile() ?? false,
  );
