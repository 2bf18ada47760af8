import type { Db } from '#main/db/open.ts';

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
}

/** Puts a project into the database as it would stand there after it was added. */
export function seedProject(db: Db, name: string, folder = `/nowhere/${name}`): number {
  const sql = "INSERT INTO projects (name, path, kind, added_at) VALUES (?, ?, 'foundry', 1)";
  return Number(db.prepare(sql).run(name, folder).lastInsertRowid);
}

/** Puts an ended deployment with its journal into the database. Answers its id. */
export function seedRun(db: Db, project: number, run: SeededRun = {}): number {
  return db.transaction(() => {
    const at = run.createdAt ?? Date.now();
    const ended = !['queued', 'running', 'cancelling'].includes(run.status ?? 'succeeded');
    const id = Number(
      db
        .prepare(
          `INSERT INTO deployments (number, project_id, network, chain_id, status, live, script,
             signature, args, commit_hash, branch, command, trigger, created_at, started_at,
             phases)
           VALUES ((SELECT count(*) + 1 FROM deployments WHERE project_id = @project), @project,
             @network, 31337, 'running', @live, 'script/Deploy.s.sol:Deploy', 'run()', '[]',
             @commit, @branch, @command, @trigger, @at, @at, '[]')`,
        )
        .run({
          project,
          network: run.network ?? 'local',
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
    const contract = db.prepare("INSERT INTO contracts VALUES (?, ?, ?, ?, '0xabc', 1, 0, 1)");
    (run.contracts ?? []).forEach(({ name, address }, i) => {
      contract.run(id, i, name, address);
    });
    db.prepare('UPDATE deployments SET status = ?, ended_at = ? WHERE id = ?').run(
      run.status ?? 'succeeded',
      ended ? at + 1000 : null,
      id,
    );
    return id;
  })();
}
