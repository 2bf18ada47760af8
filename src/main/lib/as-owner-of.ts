import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { chown, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes folders and files in a folder of another user. When Drydock runs as root, they belong to
 * the folder's owner: the owner's tools and containers must be able to change them.
 */
export function asOwnerOf(folder: string) {
  const owner = process.getuid?.() === 0 ? statSync(folder) : undefined;
  const give = async (file: string) => {
    if (owner) await chown(file, owner.uid, owner.gid);
  };

  async function makeFolder(wanted: string): Promise<void> {
    const first = await mkdir(wanted, { recursive: true });
    for (let made = wanted; first && made.length >= first.length; made = path.dirname(made)) {
      await give(made);
    }
  }

  return {
    makeFolder,
    give,
    /** Readers see the old file or the new one. */
    async putFile(file: string, content: string | Uint8Array): Promise<void> {
      await makeFolder(path.dirname(file));
      const temporary = `${file}.${randomUUID()}`;
      await writeFile(temporary, content);
      await give(temporary);
      await rename(temporary, file);
    },
  };
}
