import path from 'node:path';
import { z } from 'zod';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import { gapsOf } from '../../eth/unlinked-code.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';

const MOST_ARTIFACTS = 5000;
/** Of an artifact with its syntax tree. */
const MOST_BYTES = 50_000_000;

const code = z.object({ object: z.string().default('') });

/** https://getfoundry.sh/reference/forge/forge-build, the part for code and ABI. */
const artifact = z.object({
  abi: z.array(z.unknown()),
  bytecode: code,
  deployedBytecode: code
    .extend({
      immutableReferences: z
        .record(z.string(), z.array(z.object({ start: z.int(), length: z.int() })))
        .optional(),
    })
    .optional(),
});

/** What forge has built in `outFolder`. Omits what can't be read, or has no code. */
export async function compiledContracts(
  files: ProjectFiles,
  outFolder: string,
): Promise<CompiledContract[]> {
  const artifacts = [...files.below(outFolder, (folder) => folder !== 'build-info')]
    .filter((file) => file.endsWith('.json'))
    .sort()
    .slice(0, MOST_ARTIFACTS);
  const found: CompiledContract[] = [];
  for (const file of artifacts) {
    const text = await files.bytes(file, MOST_BYTES).catch(() => null);
    const contract = text && contractIn(text.toString(), file);
    if (contract) found.push(contract);
  }
  return found;
}

function contractIn(text: string, file: string): CompiledContract | null {
  const read = artifact.safeParse(parsed(text)).data;
  const creationCode = digitsOf(read?.bytecode.object);
  if (!read || creationCode === '') return null;
  const runtimeCode = digitsOf(read.deployedBytecode?.object);
  const immutables = Object.values(read.deployedBytecode?.immutableReferences ?? {}).flat();
  return {
    name: path.basename(file, '.json').split('.')[0] ?? file,
    source: path.basename(path.dirname(file)),
    abi: read.abi as CompiledContract['abi'],
    creationCode,
    creationGaps: gapsOf(creationCode),
    runtimeCode,
    runtimeGaps: [...gapsOf(runtimeCode), ...immutables],
    rank: 0,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const digitsOf = (hex = ''): string => hex.replace(/^0x/, '');
