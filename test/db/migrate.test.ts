import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '#main/db/migrate.ts';
import { migrations } from '#main/db/migrations.ts';
import { openDb } from '#main/db/open.ts';
import { schemaOf } from '#main/db/schema.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type Row, rowsOf } from './rows.ts';

const folder = path.join(appRoot(), 'test/db/released');
/** Each released schema with rows in it, by its version. */
const released = readdirSync(folder).map((name) => ({
  version: Number.parseInt(name, 10),
  sql: readFileSync(path.join(folder, name), 'utf8'),
}));

/** Without what formatting and comments differ in. */
function schemaText(db: Database.Database): string[] {
  return db
    .prepare<[], { name: string; sql: string | null }>(
      `SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .all()
    .map(({ name, sql }) => `${name}: ${(sql ?? '').replace(/--.*$/gm, '').replace(/\s+/g, ' ')}`);
}

function fresh(steps = migrations): Database.Database {
  const db = new Database(':memory:');
  migrate(db, steps);
  return db;
}

test('every released version has its fixture, from the first on', () => {
  const versions = released.map(({ version }) => version);
  expect(versions).toEqual(versions.map((_, i) => i + 1));
  expect(versions.length).toBeGreaterThan(0);
  expect(versions.length).toBeLessThanOrEqual(migrations.length);
});

test.each(released)('the migrations up to $version are as released', ({ version, sql }) => {
  const db = new Database(':memory:');
  db.exec(sql);
  expect(schemaOf(db)).toBe(version);
  expect(schemaText(fresh(migrations.slice(0, version)))).toEqual(schemaText(db));
});

test.each(released)('version $version becomes the newest with its rows intact', async (release) => {
  await using home = await temporaryFolder();
  const file = path.join(home.path, 'drydock.db');
  const old = new Database(file);
  old.exec(release.sql);
  const before = rowsOf(old);
  old.close();
  expect([...before.values()].every((rows) => rows.length > 0)).toBe(true);

  const db = openDb(home.path);
  try {
    expect(schemaOf(db)).toBe(migrations.length);
    expect(schemaText(db)).toEqual(schemaText(fresh()));
    expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    const after = rowsOf(db);
    for (const [table, rows] of before) {
      const deployments = table === 'deployments';
      const kept = deployments ? rows.map(asOfAnyKind) : rows;
      const found = deployments ? after.get(table)?.map(parsed) : after.get(table);
      expect(found, table).toEqual(kept.map((row) => expect.objectContaining(row)));
    }
  } finally {
    db.close();
  }
});

const parsed = ({ input, result, ...row }: Row): Row => ({
  ...row,
  input: JSON.parse(String(input)),
  result: JSON.parse(String(result)),
});

/** A deployment of version 1 as it stands there since deployments are of any kind. */
function asOfAnyKind(old: Row): Row {
  const { network, script, signature, args, sender, chain_id, gas_used, ...row } = old;
  return {
    ...row,
    ...{ kind: 'foundry', family: 'contracts', target: network },
    title: `${script} ${signature}`,
    input: {
      ...(sender === null ? {} : { from: sender }),
      ...{ script, sig: signature, args: JSON.parse(String(args)) },
    },
    result: expect.objectContaining({ chainId: chain_id, sender, gasUsed: gas_used }),
  };
}

test('what is found by selector and topic stays known where an index of digests went', () => {
  const at = migrations.findIndex((sql) => sql.includes('entries_of_artifacts'));
  const db = fresh(migrations.slice(0, at));
  db.pragma('foreign_keys = ON');
  db.exec(`
    INSERT INTO artifacts (id, hash, name, source, creation_length, runtime_length, code, detail, completeness)
      VALUES (7, x'01', 'Token', 'src/Token.sol', 1, 1, x'', x'', 1);
    INSERT INTO artifact_entries VALUES (3, x'0102030405', 'function', x'a9059cbb', '{"name":"transfer"}');
    INSERT INTO artifact_signatures VALUES (3, 7);
  `);
  migrate(db);
  expect(
    db
      .prepare('SELECT id, kind, hex(hash) AS hash, hex(mark) AS mark, entry FROM artifact_entries')
      .all(),
  ).toEqual([
    { id: 3, kind: 'function', hash: 'A9059CBB', mark: '01020304', entry: '{"name":"transfer"}' },
  ]);
  expect(db.prepare('SELECT * FROM artifact_signatures').all()).toEqual([
    { entry_id: 3, artifact_id: 7 },
  ]);
  db.exec('DELETE FROM artifacts');
  expect(db.prepare('SELECT * FROM artifact_signatures').all()).toEqual([]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

test('a newer schema is refused and left alone', async () => {
  await using home = await temporaryFolder();
  openDb(home.path).close();
  const file = path.join(home.path, 'drydock.db');
  const newer = new Database(file);
  newer.pragma(`user_version = ${migrations.length + 1}`);
  newer.close();
  expect(() => openDb(home.path)).toThrow(/newer Drydock.*Update Drydock/);
  const again = new Database(file, { readonly: true });
  expect(schemaOf(again)).toBe(migrations.length + 1);
  again.close();
});

test('a migration that fails leaves the version and rows of before', () => {
  const db = fresh();
  db.prepare(`INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`).run();
  const before = schemaText(db);
  const steps = [
    ...migrations,
    `CREATE TABLE half (a INTEGER) STRICT; DELETE FROM settings;`,
    `INSERT INTO nowhere VALUES (1);`,
  ];
  expect(() => migrate(db, steps)).toThrow(/nowhere/);
  expect(schemaOf(db)).toBe(migrations.length);
  expect(schemaText(db)).toEqual(before);
  expect(db.prepare('SELECT value FROM settings').all()).toEqual([{ value: '"dark"' }]);
});

test('a core that is killed in the middle of a migration leaves the version and rows of before', async () => {
  await using home = await temporaryFolder();
  openDb(home.path).close();
  const file = path.join(home.path, 'drydock.db');
  const filled = new Database(file);
  filled.prepare(`INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`).run();
  const before = schemaText(filled);
  filled.close();

  // It has done a part and never ends: more than its cache holds, so that the log has some of it.
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--experimental-transform-types',
      '--input-type=module',
      '--eval',
      `import Database from 'better-sqlite3';
       import { migrate } from '#main/db/migrate.ts';
       import { migrations } from '#main/db/migrations.ts';
       const db = new Database(${JSON.stringify(file)});
       db.pragma('cache_size = 10');
       db.function('ready', () => { process.stdout.write('half'); for (;;); });
       migrate(db, [...migrations, \`
         CREATE TABLE half (a BLOB) STRICT;
         DELETE FROM settings;
         WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 500)
           INSERT INTO half SELECT randomblob(4096) FROM n;
         SELECT ready();\`]);`,
    ],
    { cwd: appRoot(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const db = openDb(home.path);
  try {
    expect(schemaOf(db)).toBe(migrations.length);
    expect(schemaText(db)).toEqual(before);
    expect(db.prepare('SELECT value FROM settings').all()).toEqual([{ value: '"dark"' }]);
    expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  } finally {
    db.close();
  }
});
