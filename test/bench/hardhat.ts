import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { copyHardhatFixture, type HardhatFixtureName } from '#test/harness/hardhat-fixture.ts';
import { runProgram } from './bare.ts';
import { deployAndWatch, openCore, settled } from './core.ts';
import { type Figure, plainFigure, ratioFigure } from './figure.ts';
import { interleave, median, type Pairs, timed } from './samples.ts';

const MOST = 1.1;
const DISCOVERY_MS = 100;

/** A warm deploy of a Hardhat project over the bare tool, and how fast it is known what it deploys. */
export async function hardhatFigures(rounds: number): Promise<Figure[]> {
  const two = await measure('two-ignition', rounds);
  const three = await measure('three-ethers', rounds);
  return [
    ratioFigure('warm deploy, Hardhat 2, an Ignition module', MOST, two.deploys),
    ratioFigure('warm deploy, Hardhat 3, a script', MOST, three.deploys),
    plainFigure('discovery of a Hardhat 2 project', two.discovery, 'ms', DISCOVERY_MS),
    plainFigure('discovery of a Hardhat 3 project', three.discovery, 'ms', DISCOVERY_MS),
  ];
}

async function measure(
  name: HardhatFixtureName,
  rounds: number,
): Promise<{ deploys: Pairs; discovery: number }> {
  await using fixture = await copyHardhatFixture(name);
  const { folder, project: place, home, deploys } = fixture;
  // Nothing above a repository's root is looked at.
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  const before = process.env.HOME;
  // The tool finds its compilers there.
  process.env.HOME = home;
  try {
    await using core = await openCore();
    const { client, chain } = core;
    const { rpcUrl } = await client.chains.start({ chain });
    const project = await client.projects.add({ path: place, kind: 'hardhat' });
    const [first] = deploys;
    const [entry, command] = [first?.entry, first?.command ?? []];
    const deploy = async () => {
      const input = { script: entry, snapshot: false };
      const ended = await deployAndWatch(client, project.id, chain, input);
      if (ended.status !== 'succeeded') throw new Error(`deploy ${ended.status}: ${ended.why}`);
    };
    const { id: snapshot } = await client.chains.snapshot({ chain });
    /** All of them start from the same state of the same chain, and know of none before. */
    const fromThere = async (work: () => Promise<void>) => {
      await client.chains.revert({ chain, snapshot });
      await settled(client, chain);
      await rm(path.join(place, 'ignition/deployments'), { recursive: true, force: true });
      return timed(work);
    };
    const program = path.join(folder, 'node_modules/.bin/hardhat');
    const env = {
      ...{ RPC_URL: rpcUrl as string, HOME: home },
      ...{ HARDHAT_IGNITION_CONFIRM_DEPLOYMENT: 'true', HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true' },
    };
    const bare = () =>
      fromThere(() =>
        runProgram(process.execPath, [program, ...command, '--network', 'localhost'], {
          ...{ cwd: place, env },
        }),
      );
    const ours = () => fromThere(deploy);
    await interleave(2, ours, bare);
    const pairs = await interleave(rounds, ours, bare);
    const found: number[] = [];
    for (let round = 0; round < 15; round++) {
      found.push(
        await timed(async () => {
          await client.projects.detect({ path: place });
          await client.projects.choices({ project: project.id });
        }),
      );
    }
    return { deploys: pairs, discovery: median(found) };
  } finally {
    process.env.HOME = before;
  }
}
