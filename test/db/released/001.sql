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

INSERT INTO settings (key, value) VALUES ('theme', '"dark"'), ('snapshotBeforeDeploy', 'false');
INSERT INTO projects (id, name, path, kind, added_at) VALUES
  (1, 'vault', '/home/dev/vault', 'foundry', 1753000000000),
  (3, 'pairs', '/home/dev/pairs', 'foundry', 1753000001000);
INSERT INTO networks (name, kind, chain_id, sealed_url, fork_block, keep_chain_id, port) VALUES
  ('staging', 'remote', 11155111, 'k1:c2VhbGVk', NULL, 0, NULL),
  ('main-fork', 'fork', 1, 'k1:c2VhbGVkIHRvbw==', 21204118, 1, 8600);
INSERT INTO snapshots (id, chain, name, automatic, block_number, block_hash, created_at, fork_block,
  durable, evm_id, evm_instance) VALUES
  (1, 'local', 'genesis', 0, 0, '0x00', 1753000002000, NULL, 1, '0x0', '0xaa'),
  (4, 'local', 'before vault #2', 1, 3, '0x03', 1753000003000, NULL, 0, NULL, NULL);
INSERT INTO chains (name, port, chain_id, process, instance, started_at, fork_block, block_number,
  current_snapshot, problem) VALUES
  ('local', 8545, 31337, '{"pid":4121,"startedAt":"99"}', '0xaa', 1753000002000, NULL, 5, 4, NULL),
  ('main-fork', 8600, 1, NULL, NULL, NULL, 21204118, 21204120, NULL, 'anvil ended by itself');
INSERT INTO deployments (id, number, project_id, network, chain_id, status, live, script, signature,
  args, sender, command, commit_hash, branch, dirty, created_at, started_at, ended_at, snapshot_id,
  phases, warnings, failure, gas_used, owner, process) VALUES
  (1, 1, 1, 'local', 31337, 'succeeded', 1, 'script/Deploy.s.sol:Deploy', 'run(address,uint256)',
   '["0xf39F","5"]', '0xf39F', 'forge script …', 'a41f9c2', 'main', 2, 1753000004000, 1753000004100,
   1753000005000, 1, '[]', '["a warning"]', NULL, '1284551', '{"pid":1,"startedAt":"5"}', NULL),
  (2, 2, 1, 'local', 31337, 'failed', NULL, 'script/Deploy.s.sol:Deploy', 'run()', '[]', NULL, NULL,
   NULL, NULL, NULL, 1753000006000, 1753000006100, 1753000007000, 4, '[]', '[]',
   '{"code":"COMPILE_ERROR","message":"It does not compile."}', NULL, NULL, NULL),
  (7, 1, 3, 'staging', NULL, 'running', NULL, 'script/Pair.s.sol:Pair', 'run()', '[]', NULL, NULL,
   NULL, NULL, NULL, 1753000008000, 1753000008100, NULL, NULL, '[]', '[]', NULL, NULL,
   '{"pid":77,"startedAt":"6"}', '{"pid":78,"startedAt":"7"}');
INSERT INTO snapshot_deployments (snapshot_id, deployment_id) VALUES (4, 1);
INSERT INTO journal (deployment_id, seq, at, type, data) VALUES
  (1, 1, 1753000004000, 'status', '{"status":"queued"}'),
  (1, 2, 1753000004100, 'stdout', 'Compiling 41 files with Solc 0.8.30'),
  (1, 3, 1753000004200, 'stderr', 'Warning: ünused — parameter'),
  (1, 4, 1753000005000, 'status', '{"status":"succeeded"}'),
  (7, 1, 1753000008000, 'drydock', 'Started the chain.');
INSERT INTO transactions (deployment_id, position, hash, data) VALUES
  (1, 0, '0x9c1e', '{"index":0,"status":"success"}'),
  (7, 0, NULL, '{"index":0,"status":"queued"}');
INSERT INTO contracts (deployment_id, position, name, address, transaction_hash, block_number, nested,
  verified) VALUES
  (1, 0, 'Vault', '0x5FbD', '0x9c1e', 1, 0, 1),
  (1, 1, NULL, '0xe7f1', '0x9c1e', 1, 1, 0);

PRAGMA user_version = 1;
