import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '#test/harness/folder.ts';
import '#test/harness/no-docker.ts';
import { backupStalls } from './backup.ts';
import { chainStarts } from './chain-start.ts';
import { control } from './control.ts';
import { dockerFigures } from './docker.ts';
import { type Figure, print, write } from './figure.ts';
import { follow } from './follower.ts';
import { history } from './history.ts';
import { builtHost } from './host.ts';
import { logLines } from './log-lines.ts';
import { snapshots } from './snapshots.ts';
import { warmDeploys } from './warm-deploy.ts';

const parts: Record<string, () => Promise<Figure[]>> = {
  deploy: () => warmDeploys(21, 2000),
  start: () => chainStarts(21),
  snapshots: () => snapshots(21, 2000),
  log: () => logLines(1_000_000),
  host: () => builtHost(15, 10),
  backup: () => backupStalls(1),
  control: () => control(7, 10_000),
  docker: () => dockerFigures(15, 1_000_000),
  history: () => history(1_000_000, 40),
};

/** `npm run bench -- [--only PART]… [results.json]` */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string', multiple: true }, follower: { type: 'boolean' } },
  });
  if (values.follower) return follow();
  const chosen = values.only ?? Object.keys(parts);
  const file = path.resolve(positionals[0] ?? path.join(os.tmpdir(), 'bench-results.json'));

  // The tools' caches and compilers are the bench's own: the same for everybody, and gone after it.
  await using home = await temporaryFolder();
  process.env.HOME = home.path;
  process.env.USERPROFILE = home.path;

  const figures: Figure[] = [];
  for (const name of chosen) {
    const part = parts[name];
    if (!part)
      throw new Error(`There is no part "${name}"; there are ${Object.keys(parts).join(', ')}.`);
    process.stderr.write(`measuring: ${name}\n`);
    figures.push(...(await part()));
  }
  print(figures);
  write(file, figures);
  process.stdout.write(`${file}\n`);
  if (figures.some((figure) => figure.met === false)) process.exitCode = 1;
}

await main();
