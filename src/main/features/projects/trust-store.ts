import type { Db } from '../../db/open.ts';

export interface TrustedRow {
  /** Absolute, with symbolic links resolved. */
  path: string;
  /** `root`: given to a project, ends with the last project in it; `parent`: chosen by the user. */
  kind: 'root' | 'parent';
  /** Distinguishes the folder from another one at the same path; null: not looked up yet. */
  identity: string | null;
  /** Unix time, ms. */
  trustedAt: number;
}

const columns = 'path, kind, identity, trusted_at AS trustedAt';

export function trustStore(db: Db) {
  const all = db.prepare<[], TrustedRow>(
    `SELECT ${columns} FROM trusted_folders ORDER BY path, kind`,
  );
  const put = db.prepare<TrustedRow>(
    `INSERT INTO trusted_folders (path, kind, identity, trusted_at)
     VALUES (@path, @kind, @identity, @trustedAt)
     ON CONFLICT (path, kind) DO UPDATE SET identity = @identity, trusted_at = @trustedAt`,
  );
  const remove = db.prepare<[string, string]>(
    'DELETE FROM trusted_folders WHERE path = ? AND kind = ?',
  );

  return {
    all: () => all.all(),
    put: (row: TrustedRow) => void put.run(row),
    remove: ({ path, kind }: Pick<TrustedRow, 'path' | 'kind'>) => void remove.run(path, kind),
  };
}

export type TrustStore = ReturnType<typeof trustStore>;
