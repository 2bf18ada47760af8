import path from 'node:path';
import { z } from 'zod';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import { gapsOf } from '../../eth/unlinked-code.ts';
import { parsedJson } from '../../lib/parsed-json.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { ProjectPaths } from './project-paths.ts';

const MOST_ARTIFACTS = 5000;
const MOST_BYTES = 20_000_000;

export const immutables = z.record(
  z.string(),
  z.array(z.object({ start: z.int(), length: z.int() })),
);

/** https://hardhat.org/hardhat-runner/docs/advanced/artifacts, of which plugins keep copies. */
const artifact = z.object({
  contractName: z.string().optional(),
  sourceName: z.string().optional(),
  abi: z.array(z.unknown()),
  bytecode: z.string(),
  deployedBytecode: z.string().default('0x'),
  immutableReferences: immutables.optional(),
  linkReferences: z.unknown().optional(),
  /** Of Hardhat 3. */
  inputSourceName: z.string().optional().catch(undefined),
  buildInfoId: z.string().optional().catch(undefined),
  /** Of hardhat-deploy. */
  metadata: z.string().optional().catch(undefined),
  storageLayout: z.unknown().optional(),
});

/** An artifact of Hardhat's, and the contract in it; its code is empty for an interface. */
export interface HardhatArtifact {
  contract: CompiledContract;
  written: z.infer<typeof artifact>;
}

/** Folders with artifacts. */
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
 * Where a project's builds and its deployment tools leave artifacts, and well-known packages bring
 * some; those of the project first.
 *
 * @param paths of the project
 * @param modules folders `node_modules` from the project upwards
 */
export const artifactPlaces = (
  paths: ProjectPaths,
  modules: readonly string[],
): ArtifactPlace[] => [
  { folder: paths.artifacts, rank: OWN },
  { folder: 'build/artifacts', rank: OWN },
  { folder: path.join(paths.ignition, 'deployments'), rank: OF_DEPLOYMENTS },
  { folder: paths.deployments, rank: OF_DEPLOYMENTS },
  ...modules.flatMap((folder) =>
    PACKAGES.map((name) => ({ folder: path.join(folder, name), rank: OF_PACKAGES })),
  ),
];

/** The files that may be artifacts, at most 5,000, each once. */
export function artifactFiles(
  files: ProjectFiles,
  paths: ProjectPaths,
  modules: readonly string[],
): { file: string; rank: number }[] {
  const found = new Map<string, number>();
  for (const { folder, rank } of artifactPlaces(paths, modules)) {
    for (const file of files.below(folder, (name) => name !== 'build-info')) {
      if (found.size >= MOST_ARTIFACTS) break;
      if (file.endsWith('.json') && !file.endsWith('.dbg.json') && !found.has(file)) {
        found.set(file, rank);
      }
    }
  }
  return [...found].map(([file, rank]) => ({ file, rank }));
}

/** null for what can't be read, or is no artifact. */
export async function readHardhatArtifact(
  files: ProjectFiles,
  file: string,
  rank: number,
): Promise<HardhatArtifact | null> {
  const bytes = await files.bytes(file, MOST_BYTES).catch(() => null);
  const written = artifact.safeParse(parsedJson(bytes?.toString() ?? '')).data;
  if (!written) return null;
  const creationCode = written.bytecode.replace(/^0x/, '');
  const runtimeCode = written.deployedBytecode.replace(/^0x/, '');
  const values = Object.values(written.immutableReferences ?? {}).flat();
  const contract: CompiledContract = {
    // Ignition names its copies Module#Contract.json.
    name: written.contractName ?? path.basename(file, '.json').split('#').pop() ?? file,
    source: written.sourceName ?? path.basename(file),
    abi: written.abi as CompiledContract['abi'],
    creationCode,
    creationGaps: gapsOf(creationCode),
    runtimeCode,
    runtimeGaps: [...gapsOf(runtimeCode), ...values],
    rank,
  };
  return { contract, written };
}
