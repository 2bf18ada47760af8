import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { inputOf } from '#test/harness/hardhat-deploy.ts';
import { copyHardhatFixture } from '#test/harness/hardhat-fixture.ts';
import { startHostProcess } from '#test/harness/host-process.ts';
import { liveKillRounds } from '#test/harness/live-kills.ts';
import { liveNetwork } from '#test/harness/live-network.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { scriptProject } from '#test/harness/script-project.ts';

const CHAIN_ID = 5153;
const THOUSAND_ETHER = '0x3635c9adc5dea00000';
const FOUR =
  'vm.startBroadcast(); C c = new C(1); c.set(2); new C(3); c.set(4); vm.stopBroadcast();';

/** With a network that others see, a key that has ether there, and a project. */
async function prepared(home: string, url: string, kind: string, folder: string) {
  const host = await startHostProcess(home);
  const { client } = host;
  await client.networks.save({ name: 'shared', kind: 'remote', url });
  const sender = (await client.keys.create({ name: 'deployer' })).address as string;
  const { id: project } = await client.projects.add({ path: folder, kind });
  await host.stop();
  return { network: 'shared', key: 'deployer', sender, project };
}

test(`a core that is killed while forge sends to a live network loses nothing and sends nothing twice (seed ${seed})`, async () => {
  const count = rounds(2, 100);
  await using home = await temporaryFolder();
  await using live = await liveNetwork(CHAIN_ID);
  await using fixture = await scriptProject({ Four: FOUR });
  const made = await prepared(home.path, live.url, 'foundry', fixture.folder);
  await live.chain.rpc('anvil_setBalance', made.sender, THOUSAND_ETHER);
  const input = { script: 'script/Four.s.sol' };
  const forget = async () => undefined;
  const all = { ...made, home: home.path, live, input, forget, rounds: count, seed };
  expect(await liveKillRounds(all)).toBe(count);
}, 7_200_000);

test(`the same while Ignition sends (seed ${seed})`, async () => {
  const count = rounds(1, 100);
  await using home = await temporaryFolder();
  await using live = await liveNetwork(CHAIN_ID);
  await using fixture = await copyHardhatFixture('three-viem');
  const homeBefore = process.env.HOME;
  try {
    process.env.HOME = fixture.home;
    execFileSync('git', ['init', '--quiet'], { cwd: fixture.folder });
    const made = await prepared(home.path, live.url, 'hardhat', fixture.project);
    await live.chain.rpc('anvil_setBalance', made.sender, THOUSAND_ETHER);
    const [first] = fixture.deploys;
    if (!first) throw new Error('the fixture has nothing to deploy');
    const journal = path.join(fixture.project, 'ignition', 'deployments');
    const forget = () => rm(journal, { recursive: true, force: true });
    const all = { ...made, home: home.path, live, input: inputOf(first), forget, seed };
    expect(await liveKillRounds({ ...all, rounds: count })).toBe(count);
  } finally {
    process.env.HOME = homeBefore;
  }
}, 7_200_000);
