import { pino } from 'pino';
import { type Db, openDb } from '#main/db/open.ts';
import {
  type ArtifactsDependencies,
  type ArtifactsService,
  artifactsService,
} from '#main/features/artifacts/service.ts';
import { artifactsStore } from '#main/features/artifacts/store.ts';
import { AppError } from '#main/shared/errors.ts';
import { temporaryFolder } from './folder.ts';

export interface ArtifactsBench extends AsyncDisposable {
  service: ArtifactsService;
  db: Db;
  /** The folder of the database. */
  home: string;
  /** Adds a project as if a user had. Returns its id. */
  add(name: string, folder: string, kind: string): number;
  /** Another one on the same data folder; the caller closes it. */
  another(options?: Partial<ArtifactsDependencies>): ArtifactsService;
}

/** The index of artifacts on a real database, without the rest of the core. */
export async function openArtifacts(
  options: Partial<ArtifactsDependencies> & { home?: string } = {},
): Promise<ArtifactsBench> {
  const folder = options.home === undefined ? await temporaryFolder() : undefined;
  const home = options.home ?? folder?.path ?? '';
  const db = openDb(home);
  const all = () =>
    db
      .prepare<[], { id: number; name: string; path: string; kind: string }>(
        'SELECT id, name, path, kind FROM projects ORDER BY id',
      )
      .all();
  const another = (more: Partial<ArtifactsDependencies> = {}) =>
    artifactsService({
      store: artifactsStore(db),
      logger: pino({ level: process.env.DRYDOCK_TEST_LOG ?? 'silent' }),
      projects: all,
      project(ref) {
        const found = all().find(({ id, name }) => id === ref || name === ref);
        if (found) return found;
        throw new AppError('PROJECT_NOT_FOUND', `There is no project ${ref}.`);
      },
      isTrusted: () => true,
      hasArtifacts: () => true,
      changed: () => undefined,
      ...options,
      ...more,
    });
  const service = another();
  const insert = db.prepare(
    'INSERT INTO projects (name, path, kind, added_at) VALUES (?, ?, ?, 1)',
  );
  return {
    service,
    db,
    home,
    add: (name, path, kind) => Number(insert.run(name, path, kind).lastInsertRowid),
    another,
    async [Symbol.asyncDispose]() {
      await service.close();
      db.close();
      await folder?.[Symbol.asyncDispose]();
    },
  };
}
