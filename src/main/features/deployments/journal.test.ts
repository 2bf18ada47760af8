import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { queuedDeployment } from '#test/harness/queued-deployment.ts';
import { openDb } from '../../db/open.ts';
import { projectsStore } from '../projects/store.ts';
import { Journal } from './journal.ts';
import { statusChanges } from './status-changes.ts';
import { deploymentsStore } from './store.ts';

test('cores write one journal in turn, each status with its row', async () => {
  await using home = await temporaryFolder();
  const open = () => {
    const db = openDb(home.path);
    const store = deploymentsStore(db);
    return {
      db,
      store,
      journal: new Journal(
        store,
        statusChanges(store, () => undefined),
      ),
    };
  };
  const [own, other] = [open(), open()];
  try {
    const project = projectsStore(own.db).insert({
      ...{ name: 'p', path: '/p', kind: 'foundry', addedAt: 0 },
    });
    const id = queuedDeployment(own.store, project.id);
    own.journal.append(id, [{ at: 0, type: 'status', status: 'running' }]);
    expect(other.journal.move(id, 'running', 'cancelling')).toBe(true);
    expect(other.journal.move(id, 'running', 'cancelling')).toBe(false);
    expect(own.store.status(id)).toBe('cancelling');
    own.journal.append(id, [{ at: 1, type: 'lines', stream: 'stdout', lines: ['one', 'two'] }]);
    other.journal.append(id, [{ at: 2, type: 'status', status: 'cancelled' }]);
    expect(own.journal.read(id, 0, 10).map((event) => [event.seq, event.type])).toEqual([
      ...[[1, 'status'] as const, [2, 'status'] as const, [3, 'log'] as const],
      ...[[4, 'log'] as const, [5, 'status'] as const],
    ]);
    expect(own.store.status(id)).toBe('cancelled');
  } finally {
    own.db.close();
    other.db.close();
  }
});
