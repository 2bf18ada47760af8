import type { Db } from '#main/db/open.ts';
import { resultsOf } from '#main/families/results.ts';
import type { Service, Summary } from '#main/shared/result.ts';
import { countsOf } from '#main/shared/result-parts.ts';

export interface SeededRun {
  project?: number;
  network?: string;
  status?: string;
  live?: boolean | null;
  branch?: string | null;
  commit?: string | null;
  trigger?: string;
  createdAt?: number;
  command?: string | null;
  /** Lines of stdout. */
  log?: readonly string[];
  contracts?: readonly { name: string | null; address: string }[];
  /** On the container engine instead of a chain. */
  services?: Service[];
}

/** Adds a project to the database as if it had been added by a user. */
export function seedProject(db: Db, name: string, folder = `/nowhere/${name}`): number {
  const sql = "INSERT INTO projects (name, path, kind, added_at) VALUES (?, ?, 'foundry', 1)";
  return Number(db.prepare(sql).run(name, folder).lastInsertRowid);
}

/** Adds an ended deployment with its journal to the database. Returns its id. */
export function seedRun(db: Db, project: number, run: SeededRun = {}): number {
  return db.transaction(() => {
    const at = run.createdAt ?? Date.now();
    const ended = !['queued', 'running', 'cancelling'].includes(run.status ?? 'succeeded');
    const id = Number(
      db
        .prepare(
          `INSERT INTO deployments (number, project_id, kind, family, target, title, input, result,
             status, live, commit_hash, branch, command, trigger, created_at, started_at, phases)
           VALUES ((SELECT count(*) + 1 FROM deployments WHERE project_id = @project), @project,
             'foundry', 'contracts', @target, 'script/Deploy.s.sol:Deploy run()', @input, @result,
             'running', @live, @commit, @branch, @command, @trigger, @at, @at, '[]')`,
        )
        .run({
          project,
          target: run.network ?? 'local',
          input: JSON.stringify({ script: 'script/Deploy.s.sol:Deploy', sig: 'run()', args: [] }),
          result: JSON.stringify(summaryOfSeeded(run)),
          live: run.live === undefined || run.live === null ? null : Number(run.live),
          commit: run.commit ?? null,
          branch: run.branch ?? null,
          command: run.command ?? null,
          trigger: run.trigger ?? 'manual',
          at,
        }).lastInsertRowid,
    );
    const line = db.prepare(
      'INSERT INTO journal (deployment_id, seq, at, type, data) VALUES (?, ?, ?, ?, ?)',
    );
    (run.log ?? []).forEach((text, i) => {
      line.run(id, i + 1, at + i, 'stdout', text);
    });
    const contract = db.prepare(
      `INSERT INTO contracts (deployment_id, position, name, address, transaction_hash,
         block_number, nested, verified) VALUES (?, ?, ?, ?, '0xabc', 1, 0, 1)`,
    );
    (run.contracts ?? []).forEach(({ name, address }, i) => {
      contract.run(id, i, name, address);
    });
    if (run.services) startServices(db, id, run.services);
    db.prepare('UPDATE deployments SET status = ?, ended_at = ? WHERE id = ?').run(
      run.status ?? 'succeeded',
      ended ? at + 1000 : null,
      id,
    );
    return id;
  })();
}

function startServices(db: Db, id: number, services: Service[]): void {
  const result = { family: 'services' as const, services };
  const summary = resultsOf(db).put(id, result, result);
  db.prepare(
    `UPDATE deployments SET kind = 'app', family = 'services', target = 'docker',
       title = 'Dockerfile, port 3000', input = '{}', result = ? WHERE id = ?`,
  ).run(JSON.stringify(summary), id);
}

const summaryOfSeeded = ({ contracts = [] }: SeededRun): Summary => ({
  ...{
    family: 'contracts',
    chainId: 31337,
    sender: null,
    source: null,
    contractCount: contracts.length,
  },
  ...{ transactionCounts: countsOf([]), gasUsed: null },
});
