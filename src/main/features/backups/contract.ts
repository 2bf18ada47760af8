import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';

export const backup = z.object({
  name: z.string().describe('unique; begins with the time, in UTC'),
  kind: z.enum(['daily', 'manual', 'replaced']),
  createdAt: z.int().describe('Unix time, ms'),
  /** Version of the schema in it; null for a database that a restore has put aside. */
  schema: z.int().nullable(),
  bytes: z.int().describe('size of the file'),
});
export type Backup = z.infer<typeof backup>;

export const scheduled = z.object({
  backup: z.string(),
  scheduledAt: z.int().describe('Unix time, ms'),
});

export const backupList = z.object({
  folder: z.string(),
  items: z.array(backup).describe('newest first'),
  /** What will be restored when Drydock starts next. */
  scheduled: scheduled.nullable(),
  /** One is being written right now. */
  running: z.boolean(),
});
export type BackupList = z.infer<typeof backupList>;

export const restored = z.object({
  backup,
  /** `false`: it is checked and ready, and takes its place at the next start. */
  done: z.boolean(),
  /** Under this name the database of before is kept. */
  replaced: z.string(),
});
export type Restored = z.infer<typeof restored>;

/** By name, or `latest` for the newest daily or manual one. */
const ref = z.object({ backup: z.string().min(1).max(100) });
const one = procedure.errors(errors('BACKUP_NOT_FOUND'));

export const backups = {
  list: procedure
    .route({ method: 'GET', path: '/backups', summary: 'Backups of the database, newest first' })
    .output(backupList),
  create: procedure
    .route({
      method: 'POST',
      path: '/backups',
      summary: 'Write a backup now; answers when it is on the disk and verified',
    })
    .output(backup),
  restore: one
    .errors(errors('BACKUP_UNUSABLE', 'CORE_RUNNING'))
    .route({
      method: 'POST',
      path: '/backups/{backup}/restore',
      summary: 'Check a backup and put it in place, at the next start while Drydock is open',
    })
    .input(ref)
    .output(restored),
  cancelRestore: procedure
    .route({ method: 'DELETE', path: '/backups/scheduled', summary: 'Restore nothing after all' })
    .output(backupList),
  remove: one
    .route({ method: 'DELETE', path: '/backups/{backup}', summary: 'Delete a backup' })
    .input(ref)
    .output(backup),
};
