import path from 'node:path';
import { z } from 'zod';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import { gapsOf } from '../../eth/unlinked-code.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';

const MOST_ARTIFACTS = 5000;
const MOST_BYTES = 20_000_000;

const span = z.object({ start: z.int(), length: z.int() });

/** https://hardhat.org/hardhat-runner/docs/advanced/artifacts, of which plugins keep copies. */
const artifact = z.object({
  contractName: z.string().optional(),
  sourceName: z.string().optional(),
  abi: z.array(z.unknown()),
  bytecode: z.string(),
  deployedBytecode: z.string().default('0x'),
  immutableReferences: z.record(z.string(), z.array(span)).optional(),
});

/** Folders with artifacts, those of the project first. */
interface ArtifactPlace {
  folder: string;
  rank: number;
}

/** Packages that bring compiled contracts which their plugins deploy. */
const PACKAGES = [
  'hardhat-deploy/extendedArtifacts',
  '@openzeppelin/upgrades-core/artifacts',
  '@openzeppelin/contracts/build/contracts',
  '@openzeppelin/contracts-upgradeable/build/contracts',
  '@rocketh/proxy/dist/artifacts',
  '@safe-global/safe-contracts/build/artifacts',
  '@uniswap/v2-core/build',
];

const OWN = 0;
const OF_DEPLOYMENTS = 1;
const OF_PACKAGES = 2;

/**
 * What a project's builds have left, and what its deployment tools and well-known packages bring:
 * libraries and production builds are known from Ignition's own artifacts alone. What can't be read,
 * or has no code, is left out.
 *
 * @param modules folders `node_modules` from the project upwards
 */
export async function compiledContracts(
  files: ProjectFiles,
  modules: readonly string[],
): Promise<CompiledContract[]> {
  const places: ArtifactPlace[] = [
    { folder: 'artifacts', rank: OWN },
    { folder: 'build/artifacts', rank: OWN },
    { folder: 'ignition/deployments', rank: OF_DEPLOYMENTS },
    { folder: 'deployments', rank: OF_DEPLOYMENTS },
    ...modules.flatMap((folder) =>
      PACKAGES.map((name) => ({ folder: path.join(folder, name), rank: OF_PACKAGES })),
    ),
  ];
  const found: CompiledContract[] = [];
  const seen = new Set<string>();
  for (const { folder, rank } of places) {
    for (const file of files.below(folder, (name) => name !== 'build-info')) {
      if (found.length >= MOST_ARTIFACTS) return found;
      if (!file.endsWith('.json') || file.endsWith('.dbg.json') || seen.has(file)) continue;
      seen.add(file);
      const bytes = await files.bytes(file, MOST_BYTES).catch(() => null);
      const contract = bytes && contractIn(bytes.toString(), file, rank);
      if (contract) found.push(contract);
    }
  }
  return found;
}

function contractIn(text: string, file: string, rank: number): CompiledContract | null {
  const read = artifact.safeParse(parsed(text)).data;
  const creationCode = read?.bytecode.replace(/^0x/, '') ?? '';
  if (!read || creationCode === '') return null;
  const runtimeCode = read.deployedBytecode.replace(/^0x/, '');
  return {
    // Ignition names its copies Module#Contract.json.
    name: read.contractName ?? path.basename(file, '.json').split('#').pop() ?? file,
    source: read.sourceName ?? path.basename(file),
    abi: read.abi as CompiledContract['abi'],
    creationCode,
    creationGaps: gapsOf(creationCode),
    runtimeCode,
    runtimeGaps: [...gapsOf(runtimeCode), ...Object.values(read.immutableReferences ?? {}).flat()],
    rank,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
