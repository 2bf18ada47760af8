/** The schema's history: position + 1 is the version. Released entries never change. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE projects (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL UNIQUE,
    path     TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    added_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE networks (
    name          TEXT PRIMARY KEY,
    kind          TEXT NOT NULL,
    chain_id      INTEGER,
    sealed_url    TEXT,
    fork_block    INTEGER,
    keep_chain_id INTEGER NOT NULL DEFAULT 0,
    port          INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE chains (
    name             TEXT PRIMARY KEY,
    port             INTEGER,
    chain_id         INTEGER NOT NULL,
    -- The running process, while one should be running.
    process          TEXT,
    -- The id that anvil makes up at its start: EVM snapshots belong to it.
    instance         TEXT,
    started_at       INTEGER,
    fork_block       INTEGER,
    -- The latest block when it was last looked at, shown while it is stopped.
    block_number     INTEGER,
    current_snapshot INTEGER REFERENCES snapshots (id) ON DELETE SET NULL,
    problem          TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE snapshots (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    chain        TEXT NOT NULL,
    name         TEXT NOT NULL,
    automatic    INTEGER NOT NULL,
    block_number INTEGER NOT NULL,
    block_hash   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    -- Of a fork: the upstream block under the state; a state only makes sense on top of it.
    fork_block   INTEGER,
    durable      INTEGER NOT NULL DEFAULT 0,
    -- The fast way back, while the instance that gave the id is alive and has not eaten it.
    evm_id       TEXT,
    evm_instance TEXT,
    UNIQUE (chain, name)
  ) STRICT;

  CREATE TABLE deployments (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    number      INTEGER NOT NULL,
    project_id  INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    network     TEXT NOT NULL,
    chain_id    INTEGER,
    status      TEXT NOT NULL,
    live        INTEGER,
    script      TEXT NOT NULL,
    signature   TEXT NOT NULL,
    args        TEXT NOT NULL,
    sender      TEXT,
    command     TEXT,
    commit_hash TEXT,
    branch      TEXT,
    dirty       INTEGER,
    created_at  INTEGER NOT NULL,
    started_at  INTEGER,
    ended_at    INTEGER,
    snapshot_id INTEGER REFERENCES snapshots (id) ON DELETE SET NULL,
    phases      TEXT NOT NULL,
    warnings    TEXT NOT NULL DEFAULT '[]',
    failure     TEXT,
    gas_used    TEXT,
    -- The core that runs it and the process that it runs, to tell a crash from a run elsewhere.
    owner       TEXT,
    process     TEXT,
    UNIQUE (project_id, number)
  ) STRICT;
  CREATE INDEX deployments_by_network ON deployments (network, id);
  CREATE INDEX deployments_by_project ON deployments (project_id, id);
  CREATE INDEX deployments_unfinished ON deployments (id) WHERE status IN ('queued', 'running');
  CREATE INDEX deployments_live ON deployments (network, id) WHERE live = 1;

  CREATE TABLE snapshot_deployments (
    snapshot_id   INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    PRIMARY KEY (snapshot_id, deployment_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX snapshot_deployments_by_deployment ON snapshot_deployments (deployment_id);

  -- type is stdout, stderr or drydock for a line of the log (data: the line itself), otherwise
  -- the type of the event (data: JSON).
  CREATE TABLE journal (
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    seq           INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    type          TEXT NOT NULL,
    data          TEXT NOT NULL,
    PRIMARY KEY (deployment_id, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE transactions (
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    hash          TEXT,
    data          TEXT NOT NULL,
    PRIMARY KEY (deployment_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE contracts (
    deployment_id    INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    position         INTEGER NOT NULL,
    name             TEXT,
    address          TEXT NOT NULL,
    transaction_hash TEXT NOT NULL,
    block_number     INTEGER NOT NULL,
    nested           INTEGER NOT NULL,
    verified         INTEGER NOT NULL,
    PRIMARY KEY (deployment_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contracts_by_address ON contracts (address);
  `,
  `
  -- What was asked for, so that a waiting run outlives the core, and a failed one can be retried.
  ALTER TABLE deployments ADD COLUMN request TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE deployments ADD COLUMN trigger TEXT NOT NULL DEFAULT 'manual';
  ALTER TABLE deployments ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE deployments ADD COLUMN retry_of INTEGER REFERENCES deployments (id) ON DELETE SET NULL;
  ALTER TABLE deployments ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
  -- Failed for good: 1 until somebody retries or dismisses it.
  ALTER TABLE deployments ADD COLUMN dead_letter INTEGER NOT NULL DEFAULT 0;
  DROP INDEX deployments_unfinished;
  CREATE INDEX deployments_unfinished ON deployments (status, priority DESC, id)
    WHERE status IN ('queued', 'running', 'cancelling');
  CREATE INDEX deployments_dead ON deployments (id) WHERE dead_letter = 1;

  -- Seconds by name; what isn't set has the toolchain's default.
  CREATE TABLE run_limits (
    project_id INTEGER PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    limits     TEXT NOT NULL
  ) STRICT;

  CREATE TABLE repairs (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    at   INTEGER NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- What happened, in the order in which it was committed. A seq is never given twice.
  CREATE TABLE events (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    at   INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Every filter of the history has an index that ends in the id, so that a page is a short walk.
  CREATE INDEX deployments_by_status ON deployments (status);
  CREATE INDEX deployments_by_project_network ON deployments (project_id, network, status);
  CREATE INDEX deployments_by_project_status ON deployments (project_id, status);
  CREATE INDEX deployments_by_network_status ON deployments (network, status);
  CREATE INDEX deployments_by_branch ON deployments (branch);
  CREATE INDEX deployments_by_commit ON deployments (commit_hash);
  CREATE INDEX deployments_by_trigger ON deployments (trigger);
  CREATE INDEX deployments_by_live ON deployments (live);
  CREATE INDEX deployments_by_time ON deployments (created_at);

  -- How many there are, kept by triggers: counting a million rows for each page is too slow.
  CREATE TABLE deployment_counts (
    project_id INTEGER NOT NULL,
    network    TEXT NOT NULL,
    status     TEXT NOT NULL,
    n          INTEGER NOT NULL,
    PRIMARY KEY (project_id, network, status)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO deployment_counts
    SELECT project_id, network, status, count(*) FROM deployments GROUP BY 1, 2, 3;
  CREATE TRIGGER deployments_counted AFTER INSERT ON deployments BEGIN
    INSERT INTO deployment_counts VALUES (new.project_id, new.network, new.status, 1)
      ON CONFLICT DO UPDATE SET n = n + 1;
  END;
  CREATE TRIGGER deployments_uncounted AFTER DELETE ON deployments BEGIN
    UPDATE deployment_counts SET n = n - 1
      WHERE project_id = old.project_id AND network = old.network AND status = old.status;
    DELETE FROM deployment_counts WHERE project_id = old.project_id AND n <= 0;
  END;
  CREATE TRIGGER deployments_recounted AFTER UPDATE OF project_id, network, status ON deployments
    WHEN (old.project_id, old.network, old.status) <> (new.project_id, new.network, new.status)
  BEGIN
    UPDATE deployment_counts SET n = n - 1
      WHERE project_id = old.project_id AND network = old.network AND status = old.status;
    INSERT INTO deployment_counts VALUES (new.project_id, new.network, new.status, 1)
      ON CONFLICT DO UPDATE SET n = n + 1;
  END;

  CREATE TABLE deployment_notes (
    deployment_id INTEGER PRIMARY KEY REFERENCES deployments (id) ON DELETE CASCADE,
    pinned        INTEGER NOT NULL DEFAULT 0,
    note          TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE INDEX deployment_notes_pinned ON deployment_notes (deployment_id) WHERE pinned = 1;
  CREATE TABLE deployment_tags (
    tag           TEXT NOT NULL,
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, deployment_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX deployment_tags_by_deployment ON deployment_tags (deployment_id);

  -- The code that a run left on the chain, as it was when the run had ended.
  CREATE TABLE contract_code (
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    address       TEXT NOT NULL,
    hash          TEXT NOT NULL,
    bare_hash     TEXT NOT NULL,
    bytes         INTEGER NOT NULL,
    compiler      TEXT,
    PRIMARY KEY (deployment_id, address)
  ) STRICT, WITHOUT ROWID;

  -- Words of logs, contracts and notes. It keeps no text: the journal has it, and every find is
  -- checked there. rowid = deployment id * 4096 + part; the prefix lengths are those of terms.ts.
  CREATE VIRTUAL TABLE deployment_search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii',
    prefix = '2 3 4 6 8'
  );
  -- Merged in small steps by the indexer instead of now and then in a big one.
  INSERT INTO deployment_search (deployment_search, rank) VALUES ('automerge', 0);
  INSERT INTO deployment_search (deployment_search, rank) VALUES ('crisismerge', 1000);
  CREATE TABLE deployment_indexed (
    deployment_id INTEGER PRIMARY KEY REFERENCES deployments (id) ON DELETE CASCADE,
    part_lines    INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER deployment_indexed_deleted AFTER DELETE ON deployment_indexed BEGIN
    DELETE FROM deployment_search
      WHERE rowid BETWEEN old.deployment_id * 4096 AND old.deployment_id * 4096 + 4095;
  END;
  CREATE TABLE deployment_unindexed (
    deployment_id INTEGER PRIMARY KEY REFERENCES deployments (id) ON DELETE CASCADE
  ) STRICT;
  INSERT INTO deployment_unindexed SELECT id FROM deployments WHERE ended_at IS NOT NULL;
  CREATE TRIGGER deployments_ended AFTER UPDATE OF ended_at ON deployments
    WHEN new.ended_at IS NOT NULL
  BEGIN
    INSERT OR IGNORE INTO deployment_unindexed VALUES (new.id);
  END;
  CREATE TRIGGER deployments_ended_at_once AFTER INSERT ON deployments
    WHEN new.ended_at IS NOT NULL
  BEGIN
    INSERT OR IGNORE INTO deployment_unindexed VALUES (new.id);
  END;
  `,
  `
  -- What differs from the defaults; NULL is no limit.
  CREATE TABLE retention (
    rule  TEXT PRIMARY KEY,
    value INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE housekeeping (
    task     TEXT PRIMARY KEY,
    began_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT, WITHOUT ROWID;

  -- Every port that was handed out, and to whom.
  CREATE TABLE ports (
    port  INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    -- The process that it is lent to; NULL: it belongs to the owner until the owner is forgotten.
    process TEXT,
    at    INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX ports_by_owner ON ports (owner);
  INSERT OR IGNORE INTO ports (port, owner, at)
    SELECT port, 'chain ' || name, 0 FROM chains WHERE port IS NOT NULL;
  `,
  `
  -- Terminals that a core holds open, to be ended when that core is gone.
  CREATE TABLE terminals (
    job     TEXT PRIMARY KEY,
    owner   TEXT NOT NULL,
    process TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Of the cores that stay open on this data folder, the one that leads.
  CREATE TABLE lease (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    owner      TEXT NOT NULL,
    renewed_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE webhooks (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL UNIQUE,
    format        TEXT NOT NULL,
    sealed_url    TEXT NOT NULL,
    sealed_secret TEXT,
    -- JSON; NULL is every type.
    types         TEXT,
    enabled       INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    -- Deliveries have been made of the events up to this one.
    after_seq     INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE webhook_deliveries (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id    INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    -- NULL for a test.
    event_seq     INTEGER,
    type          TEXT NOT NULL,
    body          TEXT NOT NULL,
    status        TEXT NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    max_attempts  INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    -- When it is tried next; while it is being sent, when another core may take it over.
    next_at       INTEGER,
    ended_at      INTEGER,
    duration_ms   REAL,
    response_code INTEGER,
    response      TEXT,
    problem       TEXT,
    UNIQUE (webhook_id, event_seq)
  ) STRICT;
  CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_at)
    WHERE next_at IS NOT NULL;
  CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
  `,
  `
  -- Chosen by hand; NULL: as the settings say.
  ALTER TABLE projects ADD COLUMN engine TEXT;
  ALTER TABLE chains ADD COLUMN engine TEXT;
  `,
  `
  -- How often an image was there, and how often it had to be built first.
  CREATE TABLE image_uses (
    tag          TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    hits         INTEGER NOT NULL,
    misses       INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    build_ms     REAL
  ) STRICT, WITHOUT ROWID;

  -- A Dockerfile of the project's own, relative to its folder.
  ALTER TABLE projects ADD COLUMN dockerfile TEXT;
  `,
  `
  -- Lines of a stream that came together are one row: \`seq\` is that of the first, and \`data\`
  -- holds them all, with line feeds between them.
  ALTER TABLE journal ADD COLUMN lines INTEGER NOT NULL DEFAULT 1;
  `,
  `
  CREATE INDEX deployments_with_process ON deployments (id) WHERE process IS NOT NULL;
  `,
  `
  -- The instance of a chain that signs for every address, as a deployment needs it. Noted before it
  -- is switched on, so that a core which ends meanwhile leaves it to the next to switch off.
  ALTER TABLE chains ADD COLUMN signing_instance TEXT;
  `,
  `
  -- The folder with the .git of a project, as it was when the project was added; '': there was none.
  ALTER TABLE projects ADD COLUMN repository TEXT;
  `,
  `
  -- Folders whose code may be run. A 'root' is what the runs of a project see, and goes with the last
  -- project in it; a 'parent' was chosen by hand, for all that lies in it.
  CREATE TABLE trusted_folders (
    path       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    -- Tells the folder from another one at the same path; NULL until it was looked at.
    identity   TEXT,
    trusted_at INTEGER NOT NULL,
    PRIMARY KEY (path, kind)
  ) STRICT, WITHOUT ROWID;
  -- What was run before is trusted; its root is found when the folder is looked at.
  INSERT INTO trusted_folders (path, kind, identity, trusted_at)
    SELECT p.path, 'root', NULL, min(d.started_at) FROM projects p
    JOIN deployments d ON d.project_id = p.id AND d.started_at IS NOT NULL GROUP BY p.path;
  `,
  `
  -- JSON: how many transactions were planned, sent and mined; NULL stands for none.
  ALTER TABLE deployments ADD COLUMN transaction_counts TEXT;
  UPDATE deployments SET transaction_counts = (
    SELECT json_object('planned', count(*), 'sent', count(hash),
      'mined', count(json_extract(data, '$.blockNumber')))
    FROM transactions t WHERE t.deployment_id = deployments.id)
  WHERE id IN (SELECT deployment_id FROM transactions);
  `,
  `
  -- Bytes; NULL: as many as Ethereum allows.
  ALTER TABLE chains ADD COLUMN code_size_limit INTEGER;
  `,
  `
  -- Until then its receiver wants nothing; Unix time, ms.
  ALTER TABLE webhooks ADD COLUMN paused_until INTEGER;
  `,
  `
  -- NULL: the chain of the run. 'elsewhere' is where a contract is that isn't on the run's network.
  ALTER TABLE contracts ADD COLUMN chain_id INTEGER;
  ALTER TABLE contracts ADD COLUMN elsewhere TEXT;
  `,
  `
  CREATE INDEX deployments_without_receipt ON deployments (ended_at)
    WHERE json_extract(failure, '$.code') = 'NO_RECEIPT';
  `,
  `
  -- Files of a project in which a run on a chain of ours has written what it did. No foreign keys:
  -- what was set aside is put back when the record of its run is deleted.
  CREATE TABLE result_files (
    deployment_id INTEGER NOT NULL,
    project_id    INTEGER NOT NULL,
    network       TEXT NOT NULL,
    folder        TEXT NOT NULL,
    -- Relative to the folder.
    path          TEXT NOT NULL,
    -- Each run overwrites it.
    shared        INTEGER NOT NULL,
    -- SHA-256 of its content before the run and after it; NULL: nothing, and while the run goes on.
    before_hash   TEXT,
    after_hash    TEXT,
    -- Networks that aren't ours write there too.
    is_foreign    INTEGER NOT NULL,
    aside         INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (deployment_id, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX result_files_by_path ON result_files (project_id, path);
  CREATE INDEX result_files_in_place ON result_files (deployment_id) WHERE aside = 0;
  `,
  `
  -- The snapshot that a chain is being reverted to: kept until the revert is recorded.
  ALTER TABLE chains ADD COLUMN reverting_to INTEGER;
  `,
  `
  -- A deployment is of any kind and to any target: what is particular to its kind is its 'input', what
  -- came out of it a summary by result family in 'result'. Everything else stays a column.
  DROP INDEX deployments_by_network;
  DROP INDEX deployments_live;
  DROP INDEX deployments_by_project_network;
  DROP INDEX deployments_by_network_status;
  ALTER TABLE deployments RENAME COLUMN network TO target;
  ALTER TABLE deployments RENAME COLUMN request TO input;
  ALTER TABLE deployment_counts RENAME COLUMN network TO target;
  ALTER TABLE deployments ADD COLUMN kind TEXT NOT NULL DEFAULT '';
  ALTER TABLE deployments ADD COLUMN family TEXT NOT NULL DEFAULT '';
  -- One line for lists and search.
  ALTER TABLE deployments ADD COLUMN title TEXT NOT NULL DEFAULT '';
  -- JSON; NULL before anything is known.
  ALTER TABLE deployments ADD COLUMN result TEXT;
  -- JSON: keys of run_locks that it needs while it runs.
  ALTER TABLE deployments ADD COLUMN locks TEXT NOT NULL DEFAULT '[]';
  UPDATE deployments SET
    kind = (SELECT kind FROM projects p WHERE p.id = project_id),
    family = 'contracts',
    title = trim(script || ' ' || signature),
    -- Version 1 wrote no request; what it knew of it was the sender.
    input = json_set(
      CASE WHEN input = '{}' AND sender IS NOT NULL THEN json_object('from', sender) ELSE input END,
      '$.script', script, '$.sig', signature, '$.args', json(args)),
    result = CASE
      WHEN chain_id IS NULL AND gas_used IS NULL AND transaction_counts IS NULL
        AND NOT EXISTS (SELECT 1 FROM contracts c WHERE c.deployment_id = deployments.id) THEN NULL
      ELSE json_object('family', 'contracts', 'chainId', chain_id, 'sender', sender,
        'contractCount', (SELECT count(*) FROM contracts c WHERE c.deployment_id = deployments.id),
        'transactionCounts', json(coalesce(transaction_counts, '{"planned":0,"sent":0,"mined":0}')),
        'gasUsed', gas_used) END,
    phases = (
      SELECT json_group_array(json_object('id', json_extract(value, '$.name'),
        'status', json_extract(value, '$.status'), 'startedAt', json_extract(value, '$.startedAt'),
        'durationMs', json_extract(value, '$.durationMs')) ORDER BY key) FROM json_each(phases)),
    locks = json_array('project:' || project_id, 'chain:' || target);
  ALTER TABLE deployments DROP COLUMN chain_id;
  ALTER TABLE deployments DROP COLUMN script;
  ALTER TABLE deployments DROP COLUMN signature;
  ALTER TABLE deployments DROP COLUMN args;
  ALTER TABLE deployments DROP COLUMN sender;
  ALTER TABLE deployments DROP COLUMN gas_used;
  ALTER TABLE deployments DROP COLUMN transaction_counts;
  CREATE INDEX deployments_by_target ON deployments (target, id);
  CREATE INDEX deployments_live ON deployments (target, id) WHERE live = 1;
  CREATE INDEX deployments_by_project_target ON deployments (project_id, target, status);
  CREATE INDEX deployments_by_target_status ON deployments (target, status);

  -- What a run has to itself while it runs. A key is claimed with the run, by one core, and released
  -- by whatever takes the run out of these statuses: no ended run holds a key, and no other one goes
  -- on beside a run whose core is gone, until that run has been recovered.
  CREATE TABLE run_locks (
    key           TEXT PRIMARY KEY,
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    -- JSON: pid and start time of the core.
    owner         TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX run_locks_by_deployment ON run_locks (deployment_id);
  INSERT OR IGNORE INTO run_locks (key, deployment_id, owner)
    SELECT k.value, d.id, coalesce(d.owner, 'null') FROM deployments d, json_each(d.locks) k
    WHERE d.status IN ('running', 'cancelling') ORDER BY d.id;
  CREATE TRIGGER run_locks_released AFTER UPDATE OF status ON deployments
    WHEN new.status NOT IN ('running', 'cancelling')
  BEGIN
    DELETE FROM run_locks WHERE deployment_id = new.id;
  END;

  -- What a deployment has made that can be live or gone. Contracts have a table of their own.
  CREATE TABLE resources (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    type          TEXT NOT NULL,
    -- Names it where it is, e.g. the id of a container.
    ref           TEXT NOT NULL,
    -- JSON.
    data          TEXT NOT NULL,
    -- NULL: not known.
    live          INTEGER,
    UNIQUE (deployment_id, type, ref)
  ) STRICT;
  CREATE INDEX resources_live ON resources (type, ref) WHERE live = 1;

  UPDATE events SET data = json_set(json_remove(data, '$.deployment.network'),
      '$.deployment.target', json_extract(data, '$.deployment.network'),
      '$.deployment.title', coalesce((SELECT title FROM deployments d
        WHERE d.id = json_extract(data, '$.deployment.id')), ''))
    WHERE type IN ('deployment.queued', 'deployment.started', 'deployment.ended');
  UPDATE events SET data = json_set(
      json_remove(data, '$.contractCount', '$.transactions', '$.gasUsed'),
      '$.summary', CASE
        WHEN json_extract(data, '$.contractCount') = 0 AND json_extract(data, '$.gasUsed') IS NULL
        THEN NULL
        ELSE json_set(
          coalesce(
            (SELECT result FROM deployments d WHERE d.id = json_extract(data, '$.deployment.id')),
            json_object('family', 'contracts', 'chainId', NULL, 'sender', NULL, 'transactionCounts',
              json('{"planned":0,"sent":0,"mined":0}'))),
          '$.contractCount', json_extract(data, '$.contractCount'),
          '$.gasUsed', json_extract(data, '$.gasUsed'),
          '$.transactionCounts', json(coalesce(json_extract(data, '$.transactions'),
            (SELECT json_extract(result, '$.transactionCounts') FROM deployments d
              WHERE d.id = json_extract(data, '$.deployment.id')),
            '{"planned":0,"sent":0,"mined":0}'))) END)
    WHERE type = 'deployment.ended';
  `,
  // What projects call the contracts of a run.
  'ALTER TABLE contracts ADD COLUMN label TEXT',
  // What deploys of a project to a target begin with.
  `CREATE TABLE deploy_defaults (
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    target     TEXT NOT NULL,
    -- JSON: fields of the project's kind.
    input      TEXT NOT NULL,
    PRIMARY KEY (project_id, target)
  ) STRICT, WITHOUT ROWID`,
  // The versions of toolchains that the user has chosen, by their ids: JSON.
  "ALTER TABLE projects ADD COLUMN tool_versions TEXT NOT NULL DEFAULT '{}'",
  `
  -- What compilers have left in the folders of projects, each content once, also when it was compiled
  -- anew since.
  CREATE TABLE artifacts (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of name, source, code and ABI.
    hash            BLOB NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    source          TEXT NOT NULL,
    -- The first 32 bytes; empty for less code, or when they are not all known; NULL: no code.
    creation_head   BLOB,
    -- In bytes.
    creation_length INTEGER NOT NULL,
    runtime_length  INTEGER NOT NULL,
    -- SHA-256; NULL when some bytes are not known before it is linked.
    creation_hash   BLOB,
    -- Deflated JSON: what code is compared with; everything else.
    code            BLOB NOT NULL,
    detail          BLOB NOT NULL,
    -- Grows with what is in 'detail'.
    completeness    INTEGER NOT NULL,
    -- Unix time, ms, since when no file has it; NULL: one has.
    gone_at         INTEGER
  ) STRICT;
  CREATE INDEX artifacts_by_name ON artifacts (name);
  CREATE INDEX artifacts_by_creation ON artifacts (creation_head, creation_length);
  CREATE INDEX artifacts_by_runtime ON artifacts (runtime_length) WHERE runtime_length > 0;
  CREATE INDEX artifacts_gone ON artifacts (gone_at) WHERE gone_at IS NOT NULL;

  CREATE TABLE artifact_files (
    project_id  INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    -- Relative to the project's folder.
    path        TEXT NOT NULL,
    stamp       TEXT NOT NULL,
    rank        INTEGER NOT NULL,
    -- NULL: it can't be used.
    artifact_id INTEGER REFERENCES artifacts (id) ON DELETE CASCADE,
    PRIMARY KEY (project_id, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX artifact_files_by_artifact ON artifact_files (artifact_id, rank);
  CREATE TRIGGER artifact_file_added AFTER INSERT ON artifact_files
    WHEN new.artifact_id IS NOT NULL
  BEGIN
    UPDATE artifacts SET gone_at = NULL WHERE id = new.artifact_id AND gone_at IS NOT NULL;
  END;
  CREATE TRIGGER artifact_file_removed AFTER DELETE ON artifact_files
    WHEN old.artifact_id IS NOT NULL
  BEGIN
    UPDATE artifacts SET gone_at = CAST(unixepoch('subsec') * 1000 AS INTEGER)
      WHERE id = old.artifact_id
        AND NOT EXISTS (SELECT 1 FROM artifact_files WHERE artifact_id = old.artifact_id);
  END;

  -- Functions, errors and events, by selector or topic, each as it stands in an ABI.
  CREATE TABLE artifact_entries (
    id     INTEGER PRIMARY KEY,
    -- SHA-256 of kind and entry.
    digest BLOB NOT NULL UNIQUE,
    kind   TEXT NOT NULL,
    hash   BLOB NOT NULL,
    -- JSON.
    entry  TEXT NOT NULL
  ) STRICT;
  CREATE INDEX artifact_entries_by_hash ON artifact_entries (hash, kind);
  CREATE TABLE artifact_signatures (
    entry_id    INTEGER NOT NULL REFERENCES artifact_entries (id),
    artifact_id INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE,
    PRIMARY KEY (entry_id, artifact_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX artifact_signatures_by_artifact ON artifact_signatures (artifact_id);

  CREATE TABLE artifact_sources (
    id   INTEGER PRIMARY KEY,
    -- SHA-256 of the text.
    hash BLOB NOT NULL UNIQUE,
    -- Deflated.
    text BLOB NOT NULL
  ) STRICT;
  CREATE TABLE artifact_source_uses (
    artifact_id INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE,
    source_id   INTEGER NOT NULL REFERENCES artifact_sources (id),
    PRIMARY KEY (artifact_id, source_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX artifact_source_uses_by_source ON artifact_source_uses (source_id);

  -- What runs have deployed: it is kept as long as they are.
  CREATE TABLE artifact_deployments (
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    artifact_id   INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE,
    PRIMARY KEY (deployment_id, artifact_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX artifact_deployments_by_artifact ON artifact_deployments (artifact_id);

  CREATE TABLE artifact_scans (
    project_id      INTEGER PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    -- Of the build output, and of what may be read of it, when all of it was read.
    stamp           TEXT NOT NULL,
    -- The newest whose contracts were looked for among the artifacts.
    last_deployment INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- Which run has sent a transaction that is looked at.
  CREATE INDEX transactions_by_hash ON transactions (hash) WHERE hash IS NOT NULL;
  `,
  `
  -- Contracts that no project here has deployed, by the ABI that the user gave.
  CREATE TABLE added_contracts (
    network  TEXT NOT NULL,
    -- With its checksum.
    address  TEXT NOT NULL,
    name     TEXT NOT NULL,
    -- JSON.
    abi      TEXT NOT NULL,
    -- Unix time, ms.
    added_at INTEGER NOT NULL,
    PRIMARY KEY (network, address),
    UNIQUE (network, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What went on in the transactions of our chains, recorded right after they were mined.
  CREATE TABLE traced_chains (
    -- Not used again, so that rows of a chain that is gone never belong to another one.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL UNIQUE,
    -- The newest block that was read; null: none was.
    seen_number INTEGER,
    seen_hash   BLOB
  ) STRICT;
  CREATE TRIGGER traced_chain_removed AFTER DELETE ON chains
  BEGIN
    DELETE FROM traced_chains WHERE name = old.name;
  END;

  -- Blocks with transactions. Those of a chain that is gone are deleted bit by bit.
  CREATE TABLE traced_blocks (
    id            INTEGER PRIMARY KEY,
    chain_id      INTEGER NOT NULL,
    hash          BLOB NOT NULL,
    number        INTEGER NOT NULL,
    -- JSON, without its transactions.
    head          TEXT NOT NULL,
    -- Unix time, ms.
    recorded_at   INTEGER NOT NULL,
    -- Unix time, ms, since when the chain has it no more.
    taken_back_at INTEGER,
    transactions  INTEGER NOT NULL,
    -- Of all that is recorded of it.
    bytes         INTEGER NOT NULL,
    UNIQUE (chain_id, hash)
  ) STRICT;
  CREATE INDEX traced_blocks_by_number ON traced_blocks (chain_id, number);
  CREATE INDEX traced_blocks_by_age ON traced_blocks (recorded_at, bytes);

  CREATE TABLE traces (
    id       INTEGER PRIMARY KEY,
    block_id INTEGER NOT NULL REFERENCES traced_blocks (id) ON DELETE CASCADE,
    -- Of the transaction.
    hash     BLOB NOT NULL,
    -- Compressed JSON, without the code of contracts.
    record   BLOB NOT NULL
  ) STRICT;
  CREATE INDEX traces_by_hash ON traces (hash);
  CREATE INDEX traces_by_block ON traces (block_id);

  -- The code of contracts before a transaction.
  CREATE TABLE traced_codes (
    id   INTEGER PRIMARY KEY,
    -- SHA-256 of the code.
    hash BLOB NOT NULL UNIQUE,
    -- Compressed.
    code BLOB NOT NULL
  ) STRICT;
  CREATE TABLE traced_code_uses (
    trace_id INTEGER NOT NULL REFERENCES traces (id) ON DELETE CASCADE,
    code_id  INTEGER NOT NULL REFERENCES traced_codes (id),
    PRIMARY KEY (trace_id, code_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX traced_code_uses_by_code ON traced_code_uses (code_id);
  `,
  `
  -- What the user calls addresses.
  CREATE TABLE address_labels (
    -- With its checksum.
    address    TEXT NOT NULL,
    -- Empty: on all networks.
    network    TEXT NOT NULL,
    label      TEXT NOT NULL,
    -- The label as it is compared, in any case.
    folded     TEXT NOT NULL,
    color      TEXT,
    -- Unix time, ms.
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (address, network),
    UNIQUE (folded, network)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Calls of contracts that the user has given a name, as they were typed.
  CREATE TABLE saved_calls (
    network   TEXT NOT NULL,
    name      TEXT NOT NULL,
    -- The name as it is compared, in any case.
    folded    TEXT NOT NULL,
    contract  TEXT NOT NULL,
    function  TEXT NOT NULL,
    -- JSON, a list of texts.
    arguments TEXT NOT NULL,
    sender    TEXT,
    value     TEXT,
    -- 0: it only reads.
    sends     INTEGER NOT NULL,
    -- Unix time, ms.
    saved_at  INTEGER NOT NULL,
    PRIMARY KEY (network, folded)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Blocks and transactions of our chains as the chains have them. What lies above the head is there no
  -- more, and is deleted bit by bit.
  CREATE TABLE indexed_chains (
    -- Not used again, so that rows of a chain that is gone never belong to another one.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL UNIQUE,
    -- The newest block; null: none was read.
    head_number  INTEGER,
    head_hash    BLOB,
    -- In all blocks up to the head.
    transactions INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TRIGGER indexed_chain_removed AFTER DELETE ON chains
  BEGIN
    DELETE FROM indexed_chains WHERE name = old.name;
  END;

  CREATE TABLE indexed_blocks (
    chain_id          INTEGER NOT NULL,
    number            INTEGER NOT NULL,
    hash              BLOB NOT NULL,
    -- Unix time, s.
    timestamp         INTEGER NOT NULL,
    -- Decimal, as the next two.
    gas_used          TEXT NOT NULL,
    gas_limit         TEXT NOT NULL,
    base_fee          TEXT,
    transactions      INTEGER NOT NULL,
    -- Transactions of the chain before this block.
    first_transaction INTEGER NOT NULL,
    -- Whether it was recorded what went on in its transactions.
    recorded          INTEGER NOT NULL,
    PRIMARY KEY (chain_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX indexed_blocks_by_hash ON indexed_blocks (chain_id, hash);
  CREATE INDEX indexed_blocks_to_record ON indexed_blocks (chain_id, number) WHERE recorded = 0;

  CREATE TABLE indexed_transactions (
    id           INTEGER PRIMARY KEY,
    chain_id     INTEGER NOT NULL,
    -- Among all of the chain, from 0.
    ordinal      INTEGER NOT NULL,
    block_number INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    hash         BLOB NOT NULL,
    sender       BLOB NOT NULL,
    receiver     BLOB,
    created      BLOB,
    -- Decimal.
    value        TEXT NOT NULL,
    -- Null: it is too long to be kept.
    input        BLOB,
    succeeded    INTEGER NOT NULL,
    gas_used     TEXT NOT NULL,
    UNIQUE (chain_id, ordinal)
  ) STRICT;
  CREATE INDEX indexed_transactions_by_hash ON indexed_transactions (chain_id, hash);

  -- Which transactions have to do with an address.
  CREATE TABLE indexed_addresses (
    chain_id INTEGER NOT NULL,
    address  BLOB NOT NULL,
    ordinal  INTEGER NOT NULL,
    -- Bits: 1 it sent, 2 was sent to, 4 was created, 8 was called by a contract.
    roles    INTEGER NOT NULL,
    PRIMARY KEY (chain_id, address, ordinal)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX indexed_addresses_by_ordinal ON indexed_addresses (chain_id, ordinal);
  CREATE INDEX indexed_creations ON indexed_addresses (chain_id, address, ordinal)
    WHERE (roles & 4) <> 0;

  -- Both are what the blocks above say.
  ALTER TABLE traced_chains DROP COLUMN seen_number;
  ALTER TABLE traced_chains DROP COLUMN seen_hash;
  ALTER TABLE traced_blocks DROP COLUMN taken_back_at;
  DROP INDEX traced_blocks_by_number;
  `,
  `
  -- Keys for services that know ABIs.
  CREATE TABLE abi_source_keys (
    source TEXT PRIMARY KEY,
    sealed TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The same entry is found by its hash, not by a digest of its own: an index of digests is written
  -- all over with each build that is read.
  CREATE TABLE entries_of_artifacts (
    id    INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL,
    -- Selector or topic.
    hash  BLOB NOT NULL,
    -- The first 4 bytes of SHA-256 of kind and entry.
    mark  BLOB NOT NULL,
    -- JSON.
    entry TEXT NOT NULL
  ) STRICT;
  CREATE TABLE signatures_of_artifacts (
    entry_id    INTEGER NOT NULL,
    artifact_id INTEGER NOT NULL
  ) STRICT;
  INSERT INTO entries_of_artifacts (id, kind, hash, mark, entry)
    SELECT id, kind, hash, substr(digest, 1, 4), entry FROM artifact_entries;
  INSERT INTO signatures_of_artifacts SELECT entry_id, artifact_id FROM artifact_signatures;
  DROP TABLE artifact_signatures;
  DROP TABLE artifact_entries;
  ALTER TABLE entries_of_artifacts RENAME TO artifact_entries;
  CREATE INDEX artifact_entries_by_hash ON artifact_entries (hash, mark);
  CREATE TABLE artifact_signatures (
    entry_id    INTEGER NOT NULL REFERENCES artifact_entries (id),
    artifact_id INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE,
    PRIMARY KEY (entry_id, artifact_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO artifact_signatures SELECT entry_id, artifact_id FROM signatures_of_artifacts;
  DROP TABLE signatures_of_artifacts;
  CREATE INDEX artifact_signatures_by_artifact ON artifact_signatures (artifact_id);
  `,
  `
  -- What was hashed to find slots of contracts: keys of mappings, of which storage has nothing but
  -- their hashes. Rows of a network that is gone are deleted bit by bit.
  CREATE TABLE preimage_networks (
    -- Not used again, so that rows of a network that is gone never belong to another one.
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TRIGGER preimage_network_removed AFTER DELETE ON chains
  BEGIN
    DELETE FROM preimage_networks WHERE name = old.name;
  END;

  CREATE TABLE preimages (
    -- In the order in which they were found.
    id         INTEGER PRIMARY KEY,
    network_id INTEGER NOT NULL,
    -- Whose storage it is.
    address    BLOB NOT NULL,
    hash       BLOB NOT NULL,
    input      BLOB NOT NULL,
    UNIQUE (network_id, address, hash)
  ) STRICT;
  `,
  `
  -- Address of anvil itself, of a chain that runs behind the gateway; null: anvil has the port.
  ALTER TABLE chains ADD COLUMN backend TEXT;
  -- Chosen for it: off: anvil has the port.
  ALTER TABLE chains ADD COLUMN gateway TEXT NOT NULL DEFAULT 'on';

  -- What the user has decided about web pages that call a chain.
  CREATE TABLE gateway_origins (
    chain      TEXT NOT NULL,
    -- As browsers write it: scheme, host and port.
    origin     TEXT NOT NULL,
    -- allow or deny
    decision   TEXT NOT NULL,
    -- Unix time, ms.
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (chain, origin)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What was sent to services that verify contracts, and what they said.
  CREATE TABLE verifications (
    id         INTEGER PRIMARY KEY,
    network    TEXT NOT NULL,
    chain_id   INTEGER NOT NULL,
    address    TEXT NOT NULL,
    contract   TEXT NOT NULL,
    service    TEXT NOT NULL,
    host       TEXT NOT NULL,
    -- The service's name for it; null: it was verified there before.
    job        TEXT,
    state      TEXT NOT NULL,
    code_match TEXT,
    reason     TEXT,
    sent_at    INTEGER NOT NULL,
    ended_at   INTEGER
  ) STRICT;
  `,
  `
  -- What is chosen about a chain that anvil does not keep in its state.
  CREATE TABLE chain_controls (
    chain          TEXT PRIMARY KEY,
    -- auto, interval or manual
    mining_mode    TEXT NOT NULL DEFAULT 'auto',
    -- Between two blocks, at an interval.
    mining_seconds INTEGER,
    -- JSON: how an instance of the chain mined before a run had it mine on demand.
    mining_before  TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER controlled_chain_removed AFTER DELETE ON chains
  BEGIN
    DELETE FROM chain_controls WHERE chain = old.name;
  END;
  `,
  `
  -- Addresses that are listed beside the development accounts of a network.
  CREATE TABLE account_entries (
    network TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('watched', 'impersonated')),
    -- With its checksum.
    address TEXT NOT NULL,
    note    TEXT,
    -- Unix time, ms.
    since   INTEGER NOT NULL,
    PRIMARY KEY (network, kind, address)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Contracts that the user has at the top of lists.
  CREATE TABLE pinned_contracts (
    network   TEXT NOT NULL,
    -- With its checksum.
    address   TEXT NOT NULL,
    -- Unix time, ms.
    pinned_at INTEGER NOT NULL,
    PRIMARY KEY (network, address)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Chains of which the gateway notes the calls.
  CREATE TABLE gateway_journals (
    chain TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;

  -- The newest event of the gateway that was taken in; one row.
  CREATE TABLE gateway_events (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    last INTEGER NOT NULL
  ) STRICT;
  INSERT INTO gateway_events (one, last) VALUES (1, 0);
  `,
  `
  -- How chains were created, where it is not as anvil does by default. Of each creation one row:
  -- snapshots of an earlier one stay.
  CREATE TABLE chain_creations (
    id              INTEGER PRIMARY KEY,
    chain           TEXT NOT NULL,
    hardfork        TEXT,
    chain_id        INTEGER,
    accounts        INTEGER,
    -- Of each account, in ether.
    balance         INTEGER,
    sealed_mnemonic TEXT
  ) STRICT;
  -- null: as anvil does by default.
  ALTER TABLE chains ADD COLUMN creation INTEGER;
  ALTER TABLE snapshots ADD COLUMN creation INTEGER;
  CREATE TRIGGER created_chain_removed AFTER DELETE ON chains
  BEGIN
    DELETE FROM chain_creations WHERE chain = old.name;
  END;
  `,
  `
  -- Request headers that the upstream of a fork needs.
  CREATE TABLE network_headers (
    network      TEXT NOT NULL,
    -- In lower case.
    name         TEXT NOT NULL,
    sealed_value TEXT NOT NULL,
    PRIMARY KEY (network, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER network_removed AFTER DELETE ON networks
  BEGIN
    DELETE FROM network_headers WHERE network = old.name;
  END;
  `,
  `
  -- Upgrades of proxies as they were checked before a run sent them, in the order of the checks.
  CREATE TABLE upgrade_checks (
    deployment_id INTEGER NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    -- The report, as JSON.
    data          TEXT NOT NULL,
    PRIMARY KEY (deployment_id, position)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Of a fork that runs: what the gateway passes on to its upstream, and where anvil finds it.
  ALTER TABLE chains ADD COLUMN sealed_upstream TEXT;
  `,
  `
  -- While the app is replaced by a newer version, no core begins a run.
  CREATE TABLE held_back (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    -- Unix time, ms.
    until INTEGER NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE snapshots ADD COLUMN note TEXT NOT NULL DEFAULT '';
  ALTER TABLE snapshots ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
  -- The deployment whose state before or after itself an automatic one holds.
  ALTER TABLE snapshots ADD COLUMN deployment_id INTEGER
    REFERENCES deployments (id) ON DELETE SET NULL;
  UPDATE snapshots SET deployment_id =
    (SELECT max(d.id) FROM deployments d WHERE d.snapshot_id = snapshots.id);
  CREATE INDEX snapshots_by_deployment ON snapshots (deployment_id)
    WHERE deployment_id IS NOT NULL;
  `,
  `
  -- Projects that are deployed again as their sources change.
  CREATE TABLE watches (
    project_id    INTEGER PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    -- The process that follows its sources, as JSON.
    owner         TEXT NOT NULL,
    target        TEXT NOT NULL,
    started_at    INTEGER NOT NULL,
    -- The last run that it began, and the one whose result is in place.
    run_id        INTEGER REFERENCES deployments (id) ON DELETE SET NULL,
    good_id       INTEGER REFERENCES deployments (id) ON DELETE SET NULL,
    -- Of the sources that were deployed last.
    digest        TEXT,
    -- Unix time, ms, since when the chain stands before the good run; null: it does not.
    taken_back_at INTEGER,
    -- The snapshot that the chain stood on then.
    left_id       INTEGER,
    problem       TEXT
  ) STRICT;
  CREATE INDEX watches_by_run ON watches (run_id);
  CREATE INDEX watches_by_good ON watches (good_id);
  `,
  `
  -- Transactions that have hashed keys of mappings which are found when they are asked for.
  CREATE TABLE postponed_keys (
    id         INTEGER PRIMARY KEY,
    -- Of preimage_networks.
    network_id INTEGER NOT NULL,
    -- Whose storage it is.
    address    BLOB NOT NULL,
    hash       BLOB NOT NULL,
    block_hash BLOB NOT NULL,
    -- They can't be found.
    refused    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (network_id, address, hash)
  ) STRICT;
  CREATE INDEX postponed_keys_by_hash ON postponed_keys (hash);
  `,
  `
  -- To which its receiver has passed it on, as it was recorded; empty: to none, null: it isn't known.
  ALTER TABLE indexed_transactions ADD COLUMN implementation BLOB;
  `,
  `
  -- How the user has arranged projects in lists.
  ALTER TABLE projects ADD COLUMN color TEXT;
  -- A heading; empty: none.
  ALTER TABLE projects ADD COLUMN in_group TEXT NOT NULL DEFAULT '';
  -- From the top; null: behind those that have one, by name.
  ALTER TABLE projects ADD COLUMN position INTEGER;
  `,
  `
  -- The snapshot that the chain stood on when this one was taken. Before this was known, one followed
  -- the other.
  ALTER TABLE snapshots ADD COLUMN parent_id INTEGER;
  UPDATE snapshots SET parent_id = (SELECT max(before.id) FROM snapshots before
    WHERE before.chain = snapshots.chain AND before.id < snapshots.id);
  CREATE INDEX snapshots_by_parent ON snapshots (parent_id);
  `,
  `
  -- How the user has arranged networks in lists, also those that come with Drydock.
  CREATE TABLE network_looks (
    name     TEXT PRIMARY KEY,
    color    TEXT,
    -- From the top; null: behind those that have one.
    position INTEGER
  ) STRICT;
  `,
  `
  -- What is known of keys beside their keystores, which lie where other tools keep theirs.
  CREATE TABLE keys (
    name      TEXT PRIMARY KEY,
    address   TEXT,
    -- Its password; null: the user has it.
    sealed    TEXT,
    -- Wrong passwords in a row, and when the last of them was tried; Unix time, ms.
    failures  INTEGER NOT NULL DEFAULT 0,
    failed_at INTEGER
  ) STRICT;
  `,
  `
  -- What a key may send to a network that others see: a run on a copy of the network, looked at.
  CREATE TABLE reviews (
    id            INTEGER PRIMARY KEY,
    project_id    INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    network       TEXT NOT NULL,
    chain_id      INTEGER NOT NULL,
    key           TEXT,
    sender        TEXT NOT NULL,
    -- The whole request, for the network itself.
    input         TEXT NOT NULL,
    status        TEXT NOT NULL,
    -- The run on the copy, and the one that has sent it.
    rehearsal_id  INTEGER REFERENCES deployments (id) ON DELETE SET NULL,
    run_id        INTEGER REFERENCES deployments (id) ON DELETE SET NULL,
    created_at    INTEGER NOT NULL,
    decided_at    INTEGER,
    decided_by    TEXT,
    -- What was found; null: not yet, or never.
    certificate   TEXT,
    problem       TEXT
  ) STRICT;
  CREATE INDEX reviews_by_project ON reviews (project_id);
  CREATE INDEX reviews_by_rehearsal ON reviews (rehearsal_id);
  CREATE INDEX reviews_by_run ON reviews (run_id);
  -- What was signed for a review, before the network heard of it.
  CREATE TABLE review_signatures (
    review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    nonce     INTEGER NOT NULL,
    hash      TEXT NOT NULL,
    raw       TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (review_id, nonce)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE deployments ADD COLUMN approval INTEGER REFERENCES reviews (id) ON DELETE SET NULL;
  CREATE INDEX deployments_by_approval ON deployments (approval) WHERE approval IS NOT NULL;
  -- It goes on where an earlier run with the same approval broke off.
  ALTER TABLE deployments ADD COLUMN resumes INTEGER NOT NULL DEFAULT 0;
  -- The target whose variables it is given; null: its own.
  ALTER TABLE deployments ADD COLUMN stands_for TEXT;
  `,
  `
  -- Variables that runs are given.
  CREATE TABLE variables (
    id         INTEGER PRIMARY KEY,
    -- null: of all projects.
    project_id INTEGER REFERENCES projects (id) ON DELETE CASCADE,
    -- Name of a network, or of the engine; null: wherever it is deployed.
    target     TEXT,
    name       TEXT NOT NULL,
    -- Its value; null: it is looked up at the reference when a run begins.
    sealed     TEXT,
    reference  TEXT,
    secret     INTEGER NOT NULL,
    note       TEXT NOT NULL,
    -- Unix time, ms.
    changed_at INTEGER NOT NULL,
    CHECK ((sealed IS NULL) <> (reference IS NULL))
  ) STRICT;
  CREATE UNIQUE INDEX variables_by_name
    ON variables (ifnull(project_id, 0), ifnull(target, ''), name);
  `,
  `
  -- Deployments that were in place on the chains of Drydock that a fork goes back to, as it began at a
  -- block of them. Of a fork that began before this was known there are none.
  CREATE TABLE fork_deployments (
    chain       TEXT NOT NULL,
    fork_block  INTEGER NOT NULL,
    -- Their ids, as JSON.
    deployments TEXT NOT NULL,
    PRIMARY KEY (chain, fork_block)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER forked_chain_removed AFTER DELETE ON chains
  BEGIN
    DELETE FROM fork_deployments WHERE chain = old.name;
  END;
  `,
  `
  -- What a network is called in lists beside its name; empty: nothing else.
  ALTER TABLE network_looks ADD COLUMN label TEXT NOT NULL DEFAULT '';
  -- A heading; empty: none.
  ALTER TABLE network_looks ADD COLUMN in_group TEXT NOT NULL DEFAULT '';
  `,
  `
  -- Who has done what. Nothing in it is ever changed or deleted.
  CREATE TABLE audit (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Unix time, ms.
    at        INTEGER NOT NULL,
    door      TEXT NOT NULL,
    -- Of the operating system.
    user      TEXT,
    -- Name of the API token.
    token     TEXT,
    action    TEXT NOT NULL,
    subject   TEXT,
    target    TEXT,
    -- They outlive what they name.
    review_id INTEGER,
    run_id    INTEGER,
    outcome   TEXT NOT NULL,
    detail    TEXT,
    -- Hash of the entry before, and of this one with it: SHA-256 in hexadecimal.
    previous  TEXT NOT NULL,
    hash      TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_by_review ON audit (review_id);
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
    BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
  `,
  `
  -- API tokens with a name.
  CREATE TABLE api_tokens (
    -- Stands in the token, and is no secret.
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE COLLATE NOCASE,
    scope      TEXT NOT NULL,
    -- SHA-256 of the whole token.
    hash       TEXT NOT NULL,
    -- Unix time, ms.
    created_at INTEGER NOT NULL,
    -- null: never.
    expires_at INTEGER,
    used_at    INTEGER
  ) STRICT;
  -- Browsers that the host has let in.
  CREATE TABLE host_sessions (
    id         INTEGER PRIMARY KEY,
    -- SHA-256 of what is secret in the cookie.
    hash       TEXT NOT NULL UNIQUE,
    -- What the browser says that it is.
    agent      TEXT,
    -- Unix time, ms.
    started_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    ended_at   INTEGER
  ) STRICT;
  `,
  `
  -- What a sent review may pay per gas where that was raised, in wei; null: as it was reviewed.
  ALTER TABLE reviews ADD COLUMN fee_cap TEXT;
  -- One nonce can be signed several times, each with higher fees than before; the newest is last.
  CREATE TABLE review_signatures_2 (
    id        INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    nonce     INTEGER NOT NULL,
    hash      TEXT NOT NULL,
    raw       TEXT NOT NULL,
    at        INTEGER NOT NULL,
    UNIQUE (review_id, nonce, hash)
  ) STRICT;
  INSERT INTO review_signatures_2 (review_id, nonce, hash, raw, at)
    SELECT review_id, nonce, hash, raw, at FROM review_signatures ORDER BY review_id, nonce;
  DROP TABLE review_signatures;
  ALTER TABLE review_signatures_2 RENAME TO review_signatures;
  `,
  `
  -- What may be sent to a network that others see; null stands for the default.
  CREATE TABLE network_rails (
    network       TEXT PRIMARY KEY,
    production    TEXT,
    -- JSON arrays.
    doors         TEXT,
    senders       TEXT,
    -- Wei.
    daily_limit   TEXT,
    confirmations INTEGER,
    freeze        TEXT
  ) STRICT;
  `,
  `
  -- The service that verifies its contracts once all of it was sent; null: none.
  ALTER TABLE reviews ADD COLUMN verify TEXT;
  `,
];
