import path from 'node:path';
import { z } from 'zod';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import { gapsOf } from '../../eth/unlinked-code.ts';
import { parsedJson } from '../../lib/parsed-json.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';

const MOST_ARTIFACTS = 5000;
/** Of an artifact with its syntax tree. */
const MOST_BYTES = 50_000_000;

const code = z.object({
  object: z.string().default(''),
  sourceMap: z.string().optional().catch(undefined),
  linkReferences: z.unknown().optional(),
});

/** https://docs.soliditylang.org/en/latest/metadata.html */
const metadata = z.object({
  language: z.string().default('Solidity'),
  compiler: z.object({ version: z.string() }),
  settings: z.looseObject({ compilationTarget: z.record(z.string(), z.string()) }),
  sources: z.record(
    z.string(),
    z.object({ keccak256: z.string().optional(), content: z.string().optional() }),
  ),
});

/** https://getfoundry.sh/reference/forge/forge-build, without the syntax tree. */
const artifact = z.object({
  abi: z.array(z.unknown()),
  bytecode: code.default({ object: '' }),
  deployedBytecode: code
    .extend({
      immutableReferences: z
        .record(z.string(), z.array(z.object({ start: z.int(), length: z.int() })))
        .optional(),
    })
    .optional(),
  metadata: metadata.optional().catch(undefined),
  storageLayout: z.unknown().optional(),
  /** Of its source file, in its build. */
  id: z.int().optional().catch(undefined),
});

/** An artifact of forge's, and the contract in it; its code is empty for an interface. */
export interface ForgeArtifact {
  contract: CompiledContract;
  written: z.infer<typeof artifact>;
}

/** The files in which forge has written what it has built, at most 5,000. */
export const artifactFiles = (files: ProjectFiles, outFolder: string): string[] =>
  [...files.below(outFolder, (folder) => folder !== 'build-info')]
    .filter((file) => file.endsWith('.json'))
    .sort()
    .slice(0, MOST_ARTIFACTS);

/** null for what can't be read, or is no artifact. */
export async function readForgeArtifact(
  files: ProjectFiles,
  file: string,
): Promise<ForgeArtifact | null> {
  const bytes = await files.bytes(file, MOST_BYTES).catch(() => null);
  const written = artifact.safeParse(parsedJson(bytes?.toString() ?? '')).data;
  if (!written) return null;
  const creationCode = digitsOf(written.bytecode.object);
  const runtimeCode = digitsOf(written.deployedBytecode?.object);
  const immutables = Object.values(written.deployedBytecode?.immutableReferences ?? {}).flat();
  const contract: CompiledContract = {
    name: path.basename(file, '.json').split('.')[0] ?? file,
    source: path.basename(path.dirname(file)),
    abi: written.abi as CompiledContract['abi'],
    creationCode,
    creationGaps: gapsOf(creationCode),
    runtimeCode,
    runtimeGaps: [...gapsOf(runtimeCode), ...immutables],
    rank: 0,
  };
  return { contract, written };
}

const digitsOf = (hex = ''): string => hex.replace(/^0x/, '');
