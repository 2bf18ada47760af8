import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { isDamage, settled } from './database-check.ts';
import { checkpoint } from './database-log.ts';
import { durably, PIECE_BYTES } from './durable-file.ts';
import { openBeside } from './open-beside.ts';
import type { Task, TaskResults } from './tasks.ts';

/** Pages in one step of a copy. */
const STEP_PAGES = 512;
const REMOVE_BYTES = 32 * 1024 * 1024;

/**
 * One consistent state of the database, taken while others write to it. The copy is checked whole,
 * compressed, read back and compared before this resolves; both files are on the disk then.
 */
export async function backup(task: Task & { do: 'backup' }): Promise<TaskResults['backup']> {
  await copy(task.from, task.scratch);
  const { schema, problems } = settled(task.scratch);
  if (problems.length > 0) throw damaged(problems);
  const databaseBytes = statSync(task.scratch).size;
  const source = createHash('sha256');
  await pipeline(
    createReadStream(task.scratch, { highWaterMark: PIECE_BYTES }),
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        source.update(piece);
        yield piece;
      }
    },
    createGzip({ level: constants.Z_BEST_SPEED, chunkSize: PIECE_BYTES }),
    durably(task.to),
  );
  const readBack = createHash('sha256');
  await pipeline(
    createReadStream(task.to, { highWaterMark: PIECE_BYTES }),
    createGunzip({ chunkSize: PIECE_BYTES }),
    readBack,
  );
  if (readBack.digest('hex') !== source.digest('hex')) {
    throw new Error('the backup reads differently from what was written');
  }
  removeGently(task.scratch);
  return { schema, databaseBytes, bytes: statSync(task.to).size };
}

/** Bit by bit: to give a large file back at once keeps the disk from other programs. */
function removeGently(file: string): void {
  for (let size = statSync(file).size; size > 0; size -= REMOVE_BYTES) truncateSync(file, size);
  rmSync(file);
}

/** Page by page inside one read transaction: what others write meanwhile isn't seen, nor held up. */
async function copy(from: string, to: string): Promise<void> {
  const db = openBeside(from);
  let target: number | undefined;
  try {
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    closeSync(openSync(to, 'w', 0o600));
    await db.backup(to, {
      progress: () => {
        target ??= openSync(to, 'r+');
        fdatasyncSync(target);
        return STEP_PAGES;
      },
    });
    db.exec('COMMIT');
  } finally {
    if (target !== undefined) closeSync(target);
    db.close();
  }
  checkpoint(from);
}

/** Makes a database file of a backup again. What is wrong with it is in `problems`. */
export async function unpack(task: Task & { do: 'unpack' }): Promise<TaskResults['unpack']> {
  try {
    if (task.from.endsWith('.gz')) {
      await pipeline(
        createReadStream(task.from, { highWaterMark: PIECE_BYTES }),
        createGunzip({ chunkSize: PIECE_BYTES }),
        durably(task.to),
      );
    } else {
      await copyFile(task.from, task.to);
      if (existsSync(`${task.from}-wal`)) await copyFile(`${task.from}-wal`, `${task.to}-wal`);
    }
    const found = settled(task.to);
    const handle = openSync(task.to, 'r+');
    fsyncSync(handle);
    closeSync(handle);
    return found;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { schema: 0, problems: [(error as Error).message] };
  }
}

function damaged(problems: readonly string[]): Error {
  const error = new Error(problems[0] ?? 'the copy is damaged');
  return Object.assign(error, { code: 'SQLITE_CORRUPT' });
}
