import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { isFinal } from '../../shared/final.ts';

test('while its beginning can not be written, a run waits; then it runs', async () => {
  await using home = await temporaryFolder();
  await using fixture = await copyFixture('broken', { compiled: true });
  await using core = await openTestApp({ home: home.path, follow: true });
  const { client } = await openDoor('in-process', core.app);
  const db = new Database(path.join(home.path, 'drydock.db'));
  try {
    db.exec(`
      CREATE TRIGGER no_room BEFORE INSERT ON journal
        WHEN new.type = 'status' AND json_extract(new.data, '$.status') = 'running'
      BEGIN
        SELECT RAISE(ABORT, 'no room');
      END;`);
    const { id: project } = await client.projects.add({ path: fixture.folder });
    const input = { script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['1'] };
    const { id } = await client.deployments.start({ project, target: 'local', input });
    expect(await client.deployments.get({ id })).toMatchObject({ status: 'queued' });
    expect(db.prepare('SELECT count(*) AS n FROM run_locks').get()).toEqual({ n: 0 });
    db.exec('DROP TRIGGER no_room');
    await vi.waitFor(
      async () => {
        const { status } = await client.deployments.get({ id });
        expect(isFinal(status)).toBe(true);
      },
      { timeout: 60_000, interval: 50 },
    );
    expect(await client.deployments.get({ id })).toMatchObject({ status: 'succeeded', attempt: 1 });
  } finally {
    db.close();
    await client.chains.stop({ chain: 'local' });
  }
}, 120_000);
