import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { rpc } from '#main/eth/rpc.ts';
import { allTools } from '#main/features/engines/machine.ts';
import { forge } from '#main/kinds/foundry/forge.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { runBare } from './bare.ts';
import { type Core, deployAndWatch, openCore, settled } from './core.ts';
import { type Figure, ratioFigure } from './figure.ts';
import { fill } from './fill.ts';
import { interleave, type Pairs, timed } from './samples.ts';

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
export async function threeTransactions(): Promise<{ folder: string } & AsyncDisposable> {
  const temporary = await temporaryFolder();
  const folder = await realpath(temporary.path);
  await mkdir(path.join(folder, 'src'));
  await mkdir(path.join(folder, 'script'));
  await writeFile(path.join(folder, 'foundry.toml'), '[profile.default]\n');
  await writeFile(path.join(folder, 'script', 'Deploy.s.sol'), script);
  return { folder, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() };
}

/** A warm deploy to its last event, over the same `forge script` run bare on the same chain. */
export async function warmDeploys(rounds: number, transactions: number): Promise<Figure[]> {
  await using small = await threeTransactions();
  await using large = await copyFixture('token-vault', { git: true });
  const long = `${transactions.toLocaleString('en')} transactions before`;
  return [
    ratioFigure('warm deploy, 3 small transactions', MOST, await compare(small.folder, rounds)),
    ratioFigure('warm deploy, token-vault', MOST, await compare(large.folder, rounds)),
    ratioFigure(
      `warm deploy, token-vault, ${long}`,
      null,
      await compare(large.folder, Math.ceil(rounds / 2), transactions),
    ),
  ];
}

/** Every run, of ours and bare, starts from the same state of the same chain. */
async function compare(folder: string, rounds: number, before = 0): Promise<Pairs> {
  await using core = await openCore();
  const { client, chain } = core;
  const { rpcUrl } = await client.chains.start({ chain });
  if (before > 0) await fill(rpc(rpcUrl as string), before);
  const project = await client.projects.add({ path: folder });
  const deploy = async () => {
    const ended = await deployAndWatch(client, project.id, chain);
    if (ended.status !== 'succeeded') throw new Error(`deploy ${ended.status}: ${ended.why}`);
  };
  await deploy();
  const command = await sameCommand(core, folder);
  const { id: snapshot } = await client.chains.snapshot({ chain });
  const fromThere = async (work: () => Promise<void>) => {
    await settled(client, chain);
    await client.chains.revert({ chain, snapshot });
    // What is left of the revert is not the deploy's.
    await settled(client, chain);
    return timed(work);
  };
  const ours = () => fromThere(deploy);
  const bare = () => fromThere(() => runBare(command.args, { cwd: folder, env: command.env }));
  await interleave(2, ours, bare);
  return await interleave(rounds, ours, bare);
}

/** Exactly what a deploy runs when nothing needs to be compiled. */
async function sameCommand({ client, home, chain }: Core, folder: string) {
  const { rpcUrl, chainId } = await client.chains.get({ chain });
  const [first] = await client.chains.accounts({ chain });
  if (!rpcUrl || !first) throw new Error('the chain is not running');
  const plan = await forge({ dataFolder: home }).plan(
    {
      folder,
      script: { file: 'script/Deploy.s.sol', contract: 'Deploy' },
      signature: 'run()',
      args: [],
      from: first.address.toLowerCase(),
      target: {
        rpcUrl,
        secretUrl: false,
        chainId,
        unlocked: true,
        codeSizeLimit: null,
        mayHoldProxies: false,
        isOwn: true,
      },
    },
    processEngine({ tools: allTools }).workspace({ id: 1, path: folder }),
  );
  return plan.command;
}
