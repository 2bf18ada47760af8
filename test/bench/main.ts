import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '#test/harness/folder.ts';
import '#test/harness/no-docker.ts';
import { RUN_FOLDER } from '../../build/lib/test-run.mjs';
import { against, againstParts } from './against/against.ts';
import { artifactStalls } from './artifacts.ts';
import { backupStalls } from './backup.ts';
import { chainStarts } from './chain-start.ts';
import { control } from './control.ts';
import { deals } from './deal.ts';
import { dockerFigures } from './docker.ts';
import { type Figure, print, write } from './figure.ts';
import { follow } from './follower.ts';
import { gatewayFigures } from './gateway.ts';
import { gatewayReverts } from './gateway-reverts.ts';
import { hardhatFigures } from './hardhat.ts';
import { history } from './history.ts';
import { builtHost } from './host.ts';
import { idleMemory } from './idle-memory.ts';
import { inside } from './inside.ts';
import { logLines } from './log-lines.ts';
import { logShown } from './log-shown.ts';
import { logStream } from './log-stream.ts';
import { mined } from './mined.ts';
import { palette } from './palette.ts';
import { snapshots } from './snapshots.ts';
import { stateDiffs } from './state-diff.ts';
import { manySteps } from './steps.ts';
import { tables } from './tables.ts';
import { warmDeploys } from './warm-deploy.ts';
import { windowReady } from './window.ts';
import { windowLoad } from './window-load.ts';

interface Options {
  idleMinutes: number;
}

const parts: Record<string, (options: Options) => Promise<Figure[]>> = {
  deploy: () => warmDeploys(21, 2000),
  hardhat: () => hardhatFigures(15),
  start: () => chainStarts(21),
  snapshots: () => snapshots(21, 2000),
  diff: () => stateDiffs(7, 2000),
  log: () => logLines(1_000_000),
  stream: () => logStream(20),
  terminal: () => logShown(30_000, 5, 10),
  tables: () => tables(10_000, 3),
  palette: () => palette(5000, 7),
  host: () => builtHost(15, 10),
  window: () => windowReady(7),
  load: () => windowLoad(7),
  idle: ({ idleMinutes }) => idleMemory(idleMinutes),
  backup: () => backupStalls(1),
  control: () => control(7, 10_000),
  deal: () => deals(41),
  docker: () => dockerFigures(15, 1_000_000),
  artifacts: () => artifactStalls(2000),
  inside: () => inside(15),
  mined: () => mined(1000, 100),
  steps: () => manySteps(),
  gateway: async () => [...(await gatewayFigures(40, 1500)), ...(await gatewayReverts(41))],
  history: () => history(1_000_000, 40),
};

/** `npm run bench -- [--only PART]… [--against FOLDER [--pairs N]] [--idle-minutes N] [results.json]` */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true },
      against: { type: 'string' },
      pairs: { type: 'string', default: '30' },
      'idle-minutes': { type: 'string', default: '10' },
      follower: { type: 'boolean' },
    },
  });
  if (values.follower) return follow();
  const chosen = values.only ?? (values.against ? againstParts : Object.keys(parts));
  const file = path.resolve(positionals[0] ?? path.join(os.tmpdir(), 'bench-results.json'));

  // The tools' caches and compilers are the bench's own: the same for everybody, and gone after it.
  await using home = await temporaryFolder();
  process.env.HOME = home.path;
  process.env.USERPROFILE = home.path;
  process.env[RUN_FOLDER] = home.path;

  const figures: Figure[] = [];
  for (const name of chosen) {
    process.stderr.write(`measuring: ${name}\n`);
    figures.push(
      ...(values.against
        ? await against(values.against, name, Number(values.pairs))
        : await measure(name, { idleMinutes: Number(values['idle-minutes']) })),
    );
  }
  print(figures);
  write(file, figures);
  process.stdout.write(`${file}\n`);
  if (figures.some((figure) => figure.met === false)) process.exitCode = 1;
}

async function measure(name: string, options: Options): Promise<Figure[]> {
  const part = parts[name];
  if (!part)
    throw new Error(`There is no part "${name}"; there are ${Object.keys(parts).join(', ')}.`);
  return part(options);
}

await main();
