import type Database from 'better-sqlite3';

export type Row = Record<string, unknown>;

/** Every row of every table that keeps its content itself. */
export function rowsOf(db: Database.Database): Map<string, Row[]> {
  const names = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND sql NOT LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name`,
    )
    .all();
  return new Map(
    names.map(({ name }) => [name, db.prepare<[], Row>(`SELECT * FROM "${name}"`).all()]),
  );
}
