import { readFileSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Abi, Hex } from 'viem';
import { appRoot } from '#main/lib/app-root.ts';
import { RUN_FOLDER } from '../../build/lib/test-run.mjs';
import { once } from './docker-run.ts';
import { installKept, whyNotInstalled } from './kept-packages.ts';
import type { Published } from './third-party.ts';

const fixture = path.join(appRoot(), 'test/fixtures/tokens');
const SOURCE = 'src/Tokens.sol';
/** Contracts of other versions of the compiler, as their packages bring them. */
const BUILT = [
  '@uniswap/v2-core/build/UniswapV2Pair.json',
  '@uniswap/v2-periphery/build/WETH9.json',
];

export const whyNoTokens = (): Promise<string | null> => whyNotInstalled([fixture]);

/** Tokens of published libraries, compiled with what they import; once for each run of tests. */
export async function tokenContracts(): Promise<Map<string, Published>> {
  const installed = await installKept(fixture, (to) => cp(fixture, to, { recursive: true }));
  const run = process.env[RUN_FOLDER];
  const compiled = await (run
    ? once(run, 'tokens', async () => compile(installed))
    : compile(installed));
  const contracts = new Map(Object.entries(compiled));
  for (const file of BUILT) {
    const built = JSON.parse(await readFile(path.join(installed, 'node_modules', file), 'utf8'));
    contracts.set(path.basename(file, '.json'), {
      abi: built.abi,
      bytecode: `0x${built.bytecode.replace(/^0x/, '')}`,
    });
  }
  return contracts;
}

/** Where what is imported lies: the newest OpenZeppelin is that of the other fixtures. */
function fileOf(installed: string, name: string): string {
  const modules = path.join(installed, 'node_modules');
  const [, at = '', rest = ''] =
    /^(openzeppelin-4|@openzeppelin|solmate|solady|erc721a)\/(.*)$/.exec(name) ?? [];
  const folders: Record<string, string> = {
    '@openzeppelin': path.join(appRoot(), 'node_modules/@openzeppelin'),
    'openzeppelin-4': path.join(modules, '@openzeppelin'),
    solmate: path.join(modules, 'solmate/src'),
    solady: path.join(modules, 'solady/src'),
    erc721a: path.join(modules, 'erc721a/contracts'),
  };
  const folder = folders[at];
  return folder === undefined ? path.join(fixture, name) : path.join(folder, rest);
}

interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>;
}

function compile(installed: string): Record<string, Published> {
  const solc = createRequire(import.meta.url)('solc') as {
    compile(input: string, callbacks: object): string;
  };
  const read = (name: string): string => readFileSync(fileOf(installed, name), 'utf8');
  const input = {
    language: 'Solidity',
    sources: { [SOURCE]: { content: read(SOURCE) } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  };
  const output: Output = JSON.parse(
    solc.compile(JSON.stringify(input), { import: (name: string) => ({ contents: read(name) }) }),
  );
  const error = output.errors?.find(({ severity }) => severity === 'error');
  if (error) throw new Error(error.formattedMessage);
  return Object.fromEntries(
    Object.entries(output.contracts[SOURCE] ?? {}).map(([name, { abi, evm }]) => {
      const bytecode: Hex = `0x${evm.bytecode.object}`;
      return [name, { abi, bytecode }];
    }),
  );
}
