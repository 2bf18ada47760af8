import { statSync } from 'node:fs';

/** What a disk knows a folder by; undefined when it doesn't tell, or there is none. */
export type FolderId = (folder: string) => string | undefined;

const onDisk: FolderId = (folder) => {
  try {
    // As whole numbers: those of Windows don't fit into a double.
    const { dev, ino } = statSync(folder, { bigint: true });
    return ino === 0n ? undefined : `${dev}:${ino}`;
  } catch {
    return undefined;
  }
};

/** Names that a disk may take for the same: by letters of either case, and composed or not. */
const alike = (file: string) => file.normalize('NFC').toLowerCase();

/**
 * Whether two absolute paths, without links, name one folder: disks of macOS and Windows take letters
 * of either case for the same, most others don't, and only the disk knows.
 */
export function isSameFolder(one: string, other: string, idOf: FolderId = onDisk): boolean {
  if (one === other) return true;
  if (alike(one) !== alike(other)) return false;
  const id = idOf(one);
  return id !== undefined && id === idOf(other);
}
