import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Abi, Hex } from 'viem';
import { appRoot } from '#main/lib/app-root.ts';
import { installKept, whyNotInstalled } from './kept-packages.ts';
import { type WrittenFolder, writtenFolder } from './written-folder.ts';

const fixture = path.join(appRoot(), 'test/fixtures/third-party');

/** A contract as its package brings it. */
export interface Published {
  abi: Abi;
  bytecode: Hex;
}

export interface ThirdParty extends WrittenFolder {
  contracts: Map<string, Published>;
}

/** Files of packages with build output: of waffle, Hardhat and hardhat-deploy. */
const files = [
  '@openzeppelin/contracts/build/contracts/ERC20PresetFixedSupply.json',
  ...['Factory', 'Pair'].map((name) => `@uniswap/v2-core/build/UniswapV2${name}.json`),
  ...['UniswapV2Router02', 'WETH9'].map((name) => `@uniswap/v2-periphery/build/${name}.json`),
  ...['UniswapV3Factory', 'UniswapV3Pool'].map(
    (name) => `@uniswap/v3-core/artifacts/contracts/${name}.sol/${name}.json`,
  ),
  ...['SwapRouter', 'NonfungiblePositionManager'].map(
    (name) => `@uniswap/v3-periphery/artifacts/contracts/${name}.sol/${name}.json`,
  ),
  ...['Safe', 'proxies/SafeProxy', 'proxies/SafeProxyFactory', 'libraries/MultiSend'].map(
    (name) => {
      const built = '@safe-global/safe-contracts/build/artifacts/contracts';
      return `${built}/${name}.sol/${path.basename(name)}.json`;
    },
  ),
  ...['Diamond', 'DiamondCutFacet', 'DiamondLoupeFacet', 'OwnershipFacet'].map(
    (name) => `hardhat-deploy/extendedArtifacts/${name}.json`,
  ),
];
/** Of the version of OpenZeppelin that the fixtures compile. */
const newer = [
  'ERC1967Proxy',
  'TimelockController',
  'TransparentUpgradeableProxy',
  'VestingWallet',
];

const PERMIT2 = '@uniswap/universal-router/typechain/factories/Permit2__factory.ts';

export const whyNoThirdParty = (): Promise<string | null> => whyNotInstalled([fixture]);

/**
 * Contracts of others as they were published, and a project whose build output they are, in the form
 * in which forge leaves it.
 */
export async function thirdParty(): Promise<ThirdParty> {
  const installed = await installKept(fixture, (to) => cp(fixture, to, { recursive: true }));
  const modules = path.join(installed, 'node_modules');
  const contracts = new Map<string, Published>();
  const written: Record<string, unknown> = { 'foundry.toml': '[profile.default]\n' };
  const add = (name: string, abi: Abi, creation: string, runtime: string) => {
    const bytecode: Hex = `0x${creation.replace(/^0x/, '')}`;
    contracts.set(name, { abi, bytecode });
    const references = { immutable: immutablesIn(runtime.replace(/^0x/, '')) };
    written[`out/${name}.sol/${name}.json`] = {
      abi,
      bytecode: { object: bytecode },
      deployedBytecode: { object: runtime, immutableReferences: references },
    };
  };
  const builtByNewer = newer.map((name) => `@openzeppelin/contracts/build/contracts/${name}.json`);
  const paths = [
    ...files.map((file) => path.join(modules, file)),
    ...builtByNewer.map((file) => path.join(appRoot(), 'node_modules', file)),
  ];
  for (const file of paths) {
    const built = JSON.parse(await readFile(file, 'utf8'));
    const runtime = built.deployedBytecode ?? built.evm.deployedBytecode.object;
    add(path.basename(file, '.json'), built.abi, built.bytecode, runtime);
  }
  const permit2 = await readFile(path.join(modules, PERMIT2), 'utf8');
  const { abi, bytecode } = literalsIn(permit2);
  add('Permit2', abi, bytecode, runtimeIn(bytecode));
  return { ...(await writtenFolder(written)), contracts };
}

/** What a generated module of TypeScript holds: literals, and a class around them. */
function literalsIn(source: string): { abi: Abi; bytecode: string } {
  const abi = /const _abi = (\[[\s\S]*?\n\]);/.exec(source)?.[1] ?? '';
  const bytecode = /const _bytecode =\s*"(0x[0-9a-f]+)"/.exec(source)?.[1] ?? '';
  return { abi: JSON.parse(JSON.stringify(runInNewContext(abi))), bytecode };
}

/** What creation code copies to return it. */
function runtimeIn(creation: string): string {
  const digits = creation.replace(/^0x/, '');
  const [, length = '', from = ''] = /61(.{4})908161(.{4})8239/.exec(digits) ?? [];
  const start = Number.parseInt(from, 16) * 2;
  return `0x${digits.slice(start, start + Number.parseInt(length, 16) * 2)}`;
}

const PUSH1 = 0x60;
const PUSH32 = 0x7f;
const WORD = 32;

/** Compilers leave zeros where a constructor puts immutable values. */
function immutablesIn(code: string): { start: number; length: number }[] {
  const found: { start: number; length: number }[] = [];
  for (let at = 0; at < code.length / 2; at++) {
    const opcode = Number.parseInt(code.slice(at * 2, at * 2 + 2), 16);
    if (opcode < PUSH1 || opcode > PUSH32) continue;
    const value = code.slice(at * 2 + 2, at * 2 + 2 + WORD * 2);
    if (opcode === PUSH32 && /^0+$/.test(value)) found.push({ start: at + 1, length: WORD });
    at += opcode - PUSH1 + 1;
  }
  return found;
}
