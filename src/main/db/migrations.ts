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
];
