import type { Db } from '../../db/open.ts';
import { foldedLabel as folded } from '../../shared/folded-label.ts';
import type { FoundThing } from './contract.ts';

/** Rows of each kind. */
const MOST_OF_KIND = 20;
/** Contracts that are looked through, so that a search ends whatever was deployed. */
const MOST_CONTRACTS = 20_000;
/** Runs and snapshots that are looked through, the newest first. */
const MOST_NEWEST = 1000;

interface Asked {
  /** In lower case. */
  text: string;
}

type Row = Omit<FoundThing, 'kind'>;

const RUN = `d.id, d.target AS network, p.name || ' #' || d.number AS title, d.title AS detail,
  p.name || ' #' || d.number AS value`;

/** What the text begins comes before what only contains it. */
const best = (column: string): string =>
  `ORDER BY lower(${column}) = @text DESC, instr(lower(${column}), @text) = 1 DESC`;

/** Reads the names of everything that is recorded. Every search looks at a bounded number of rows. */
export function findStore(db: Db) {
  const projects = db.prepare<[Asked], Row>(
    `SELECT id, NULL AS network, name AS title, path AS detail, path AS value FROM projects
     WHERE instr(lower(name), @text) > 0 OR instr(lower(path), @text) > 0
     ${best('name')}, name LIMIT ${MOST_OF_KIND}`,
  );
  const numbered = db.prepare<[{ project: string; number: number }], Row>(
    `SELECT ${RUN} FROM projects p
     JOIN deployments d ON d.project_id = p.id AND d.number = @number
     WHERE instr(lower(p.name), @project) > 0 ORDER BY d.id DESC LIMIT ${MOST_OF_KIND}`,
  );
  const titled = db.prepare<[Asked], Row>(
    `SELECT ${RUN} FROM (SELECT id FROM deployments ORDER BY id DESC LIMIT ${MOST_NEWEST}) newest
     JOIN deployments d ON d.id = newest.id JOIN projects p ON p.id = d.project_id
     WHERE instr(lower(d.title), @text) > 0 OR instr(lower(p.name), @text) > 0
     ORDER BY d.id DESC LIMIT ${MOST_OF_KIND}`,
  );
  const contracts = db.prepare<[Asked & { network: string | null }], Row>(
    `SELECT NULL AS id, network, coalesce(name, label, address) AS title,
       coalesce(iif(name IS NULL, NULL, label) || ' · ', '') || project || ' #' || number AS detail,
       address AS value
     FROM (
       SELECT d.id, d.target AS network, p.name AS project, d.number, c.name, c.label, c.address
       FROM deployments d JOIN projects p ON p.id = d.project_id
       JOIN contracts c ON c.deployment_id = d.id
       WHERE d.live = 1 AND c.elsewhere IS NULL LIMIT ${MOST_CONTRACTS}
     )
     WHERE instr(lower(name), @text) > 0 OR instr(lower(label), @text) > 0
       OR instr(lower(address), @text) = 1
     ${best('coalesce(name, label)')}, network IS @network DESC LIMIT ${MOST_OF_KIND}`,
  );
  const added = db.prepare<[Asked], Row>(
    `SELECT NULL AS id, network, name AS title, 'added by hand' AS detail, address AS value
     FROM added_contracts WHERE instr(lower(name), @text) > 0 OR instr(lower(address), @text) = 1
     ${best('name')}, name LIMIT ${MOST_OF_KIND}`,
  );
  const sent = db.prepare<[{ from: string; to: string }], Row>(
    `SELECT NULL AS id, d.target AS network, t.hash AS title, p.name || ' #' || d.number AS detail,
       t.hash AS value
     FROM transactions t JOIN deployments d ON d.id = t.deployment_id
     JOIN projects p ON p.id = d.project_id
     WHERE t.hash >= @from AND t.hash < @to ORDER BY t.hash LIMIT ${MOST_OF_KIND}`,
  );
  const labels = db.prepare<[{ folded: string; text: string }], Row>(
    `SELECT NULL AS id, nullif(network, '') AS network, label AS title, address AS detail,
       address AS value
     FROM address_labels WHERE instr(folded, @folded) > 0 OR instr(lower(address), @text) = 1
     ORDER BY instr(folded, @folded) = 1 DESC, folded LIMIT ${MOST_OF_KIND}`,
  );
  const accounts = db.prepare<[Asked], Row>(
    `SELECT NULL AS id, network, coalesce(nullif(note, ''), address) AS title, kind AS detail,
       address AS value
     FROM account_entries WHERE instr(lower(note), @text) > 0 OR instr(lower(address), @text) = 1
     ORDER BY since DESC LIMIT ${MOST_OF_KIND}`,
  );
  const snapshots = db.prepare<[Asked], Row>(
    `SELECT id, chain AS network, name AS title, 'block ' || block_number AS detail, name AS value
     FROM (SELECT * FROM snapshots ORDER BY id DESC LIMIT ${MOST_NEWEST})
     WHERE instr(lower(name), @text) > 0
     ${best('name')}, id DESC LIMIT ${MOST_OF_KIND}`,
  );
  return {
    projects: (text: string): Row[] => projects.all({ text }),
    /** Runs with a number, of projects whose name contains a text. */
    numbered: (project: string, number: number): Row[] => numbered.all({ project, number }),
    titled: (text: string): Row[] => titled.all({ text }),
    /** Those that are live, by their names and labels, or by how their address begins. */
    contracts: (text: string, network: string | null): Row[] => [
      ...contracts.all({ text, network }),
      ...added.all({ text }),
    ],
    /** Of deployments. @param prefix of a hash, in lower case */
    sent: (prefix: string): Row[] => sent.all({ from: prefix, to: `${prefix}g` }),
    labels: (text: string): Row[] => labels.all({ text, folded: folded(text) }),
    accounts: (text: string): Row[] => accounts.all({ text }),
    snapshots: (text: string): Row[] => snapshots.all({ text }),
  };
}

export type FindStore = ReturnType<typeof findStore>;
