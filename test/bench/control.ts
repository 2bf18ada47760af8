import { openDb } from '#main/db/open.ts';
import { deploymentsStore } from '#main/features/deployments/store.ts';
import { projectsStore } from '#main/features/projects/store.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { newDeployment } from '#test/harness/queued-deployment.ts';
import { type Figure, plainFigure } from './figure.ts';
import { median } from './samples.ts';

/** How fast a run is gone that is cancelled in mid-broadcast, and a start with a long history. */
export async function control(cancels: number, deployments: number): Promise<Figure[]> {
  return [
    plainFigure('cancel to gone', await cancelToGone(cancels), 'ms', 300),
    plainFigure(
      `recovery at start with ${deployments.toLocaleString('en')} deployments`,
      await recovery(deployments),
      'ms',
      1000,
    ),
  ];
}

async function cancelToGone(times: number): Promise<number> {
  await using fixture = await copyFixture('broken', { git: true });
  await using core = await openTestApp();
  await using door = await openDoor('in-process', core.app);
  const { deployments, projects } = door.client;
  const { id: project } = await projects.add({ path: fixture.folder });
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const { id } = await deployments.start({
      project,
      target: 'local',
      input: { script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['500'], snapshot: false },
    });
    for await (const batch of await deployments.watch({ id })) {
      if (batch.some((e) => e.type === 'result')) break;
    }
    const before = performance.now();
    await deployments.cancel({ id });
    taken.push(performance.now() - before);
  }
  return median(taken);
}

/** A hundred of them were running or waiting in a core that is gone. */
async function recovery(count: number): Promise<number> {
  await using home = await temporaryFolder();
  const db = openDb(home.path);
  const project = projectsStore(db).insert({
    name: 'bench',
    path: home.path,
    kind: 'foundry',
    addedAt: 1,
  });
  const store = deploymentsStore(db);
  const insert = db.transaction(() => {
    for (let i = 0; i < count; i++) {
      const id = store.insert(
        newDeployment(project.id, {
          ...{ target: `network-${i % 5}`, createdAt: i },
          owner: { pid: 999_999_999, startedAt: 'gone' },
        }),
      );
      const unfinished = i >= count - 100;
      store.update(id, { status: unfinished ? (i % 2 ? 'running' : 'queued') : 'succeeded' });
      store.append(id, 1, [{ at: i, type: 'status', status: 'queued' }]);
    }
  });
  insert();
  db.close();
  const before = performance.now();
  await using core = await openTestApp({ home: home.path });
  const taken = performance.now() - before;
  await using door = await openDoor('in-process', core.app);
  const { running, waiting } = await door.client.deployments.queue();
  if (running.length + waiting.length > 0) throw new Error('runs are still unfinished');
  return taken;
}
