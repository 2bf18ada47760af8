import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findTool } from '#main/engines/process/tools.ts';
import { anvil } from '#main/targets/chain/anvil.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

/** A forge that draws a bar, and goes on when the file `go` is there. */
const forge = (go: string) => `#!/bin/sh
printf 'step 1 of 2\\r'
while [ ! -e '${go}' ]; do sleep 0.05; done
printf 'step 2 of 2\\ndone\\n'
`;

test('a progress bar is seen while it grows, by whoever comes, and is one line of the log', async () => {
  await using tools = await temporaryFolder();
  await using core = await openTestApp();
  await using project = await copyFixture('token-vault');
  await using door = await openDoor('web socket', core.app);
  const { client } = door;
  const bin = path.join(tools.path, 'bin');
  const go = path.join(tools.path, 'go');
  await mkdir(bin);
  await symlink(findTool(anvil).path, path.join(bin, 'anvil'));
  await writeFile(path.join(bin, 'forge'), forge(go));
  await chmod(path.join(bin, 'forge'), 0o755);
  await client.settings.set({ foundryPath: bin });
  const { id: projectId } = await client.projects.add({ path: project.folder });

  const { id } = await client.deployments.start({ project: projectId, target: 'local' });
  const seen: string[] = [];
  for await (const line of await client.deployments.liveLine({ id })) {
    if (line === 'step 1 of 2') await writeFile(go, '');
    if (line !== '') seen.push(line);
  }
  expect(seen[0]).toBe('step 1 of 2');
  const events = await client.deployments.logs({ id });
  const said = events.flatMap((e) => (e.type === 'log' && e.stream === 'stdout' ? [e.text] : []));
  expect(said).toEqual(['step 2 of 2', 'done']);
}, 60_000);
