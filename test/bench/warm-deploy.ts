import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { foundryToolchain } from '#main/toolchains/foundry/foundry.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { runBare } from './bare.ts';
import { type Core, deployAndWatch, openCore, settled } from './core.ts';
import { type Figure, ratioFigure } from './figure.ts';
import { interleave, timed } from './samples.ts';

const MOST = 1.15;

const script = `// SPDX-License-Identifier: MIT
pragma solidity >=0.8.0;

interface Vm {
    function startBroadcast() external;
    function stopBroadcast() external;
}

contract Box {
    uint256 public value;

    function set(uint256 next) external {
        value = next;
    }
}

contract Deploy {
    bool public IS_SCRIPT = true;
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function run() external {
        vm.startBroadcast();
        Box box = new Box();
        new Box();
        box.set(42);
        vm.stopBroadcast();
    }
}
`;

/** Two creations and a call, without any imports: next to nothing but the tool's own time. */
async function threeTransactions(): Promise<{ folder: string } & AsyncDisposable> {
  const temporary = await temporaryFolder();
  const folder = await realpath(temporary.path);
  await mkdir(path.join(folder, 'src'));
  await mkdir(path.join(folder, 'script'));
  await writeFile(path.join(folder, 'foundry.toml'), '[profile.default]\n');
  await writeFile(path.join(folder, 'script', 'Deploy.s.sol'), script);
  return { folder, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() };
}

/** A warm deploy to its last event, over the same `forge script` run bare on the same chain. */
export async function warmDeploys(rounds: number): Promise<Figure[]> {
  await using core = await openCore();
  await using small = await threeTransactions();
  await using large = await copyFixture('token-vault', { git: true });
  return [
    await compare(core, 'warm deploy, 3 small transactions', small.folder, 'run()', rounds),
    await compare(core, 'warm deploy, token-vault', large.folder, 'run()', rounds),
  ];
}

async function compare(
  core: Core,
  name: string,
  folder: string,
  signature: string,
  rounds: number,
): Promise<Figure> {
  const { client, chain } = core;
  const project = await client.projects.add({ path: folder });
  const deploy = async () => {
    const ended = await deployAndWatch(client, project.id, chain);
    if (ended.status !== 'succeeded') throw new Error(`deploy ${ended.status}: ${ended.why}`);
  };
  await deploy();
  const command = await sameCommand(core, folder, signature);
  const ours = async () => {
    const ms = await timed(deploy);
    await settled(client, chain);
    return ms;
  };
  const bare = () => timed(() => runBare('forge', command.args, { cwd: folder, env: command.env }));
  await interleave(2, ours, bare);
  return ratioFigure(name, MOST, await interleave(rounds, ours, bare));
}

/** Exactly what a deploy runs when nothing needs to be compiled. */
async function sameCommand({ client, home, chain }: Core, folder: string, signature: string) {
  const { rpcUrl, chainId } = await client.chains.get({ chain });
  const [first] = await client.chains.accounts({ chain });
  if (!rpcUrl || !first) throw new Error('the chain is not running');
  const plan = await foundryToolchain({ dataFolder: home }).plan(
    {
      folder,
      script: { file: 'script/Deploy.s.sol', contract: 'Deploy' },
      signature,
      args: [],
      from: first.address.toLowerCase(),
      target: { rpcUrl, secretUrl: false, chainId, unlocked: true },
    },
    processEngine(() => ({ foundryPath: '' })).workspace({ id: 1, path: folder }),
  );
  return plan.command;
}
