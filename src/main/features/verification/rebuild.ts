import { getAddress } from 'viem';
import { z } from 'zod';
import { CodeIndex, runtimeMatch } from '../../eth/code-index.ts';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import { readLinks } from '../../eth/linked-code.ts';
import type { Rpc } from '../../eth/rpc.ts';
import { gapsOf } from '../../eth/unlinked-code.ts';
import { AppError } from '../../shared/errors.ts';
import type { CompileAgain, CompiledAgain } from '../../solidity/compiler/compile-again.ts';
import type { CodeCheck, CodeMatch, VerificationBundle } from './contract.ts';

/** What stands at an address, and who has deployed it. */
export interface CheckedContract {
  network: string;
  chainId: number;
  address: string;
  /** What it is called, for messages. */
  called: string;
  call: Rpc;
  /** null: no deployment here has. */
  recorded: {
    transactionHash: string;
    nested: boolean;
    project: { id: number; name: string };
  } | null;
}

export interface RebuildDependencies {
  byRuntime: (code: string, preferred: { project?: number }) => { id: number } | null;
  /** null: it is in no build output any more. `problem`: in the middle of a sentence. */
  recompile: (
    artifact: number,
    ask: CompileAgain,
  ) => Promise<CompiledAgain | { problem: string } | null>;
  projectsOf: (artifact: number) => readonly { id: number; name: string }[];
  /** Resolves when what compilers have left by now is known. */
  fresh: (project?: number) => Promise<void>;
}

const EVM = { outputs: ['evm.bytecode', 'evm.deployedBytecode'], as: 'same' } as const;

const bytecode = z.object({ object: z.string(), linkReferences: z.unknown().optional() });
const evm = z.object({
  bytecode,
  deployedBytecode: bytecode.extend({
    immutableReferences: z
      .record(z.string(), z.array(z.object({ start: z.int(), length: z.int() })))
      .default({}),
  }),
});

/**
 * Compiles again what stands at an address, and compares. Rejects with ARTIFACT_NOT_FOUND when no
 * compiled contract has its code, NOT_RECOMPILED when that can't be compiled as it was.
 */
export async function rebuild(
  deps: RebuildDependencies,
  standing: CheckedContract,
): Promise<VerificationBundle> {
  const { network, chainId, address, call, recorded } = standing;
  const code = await call<string>('eth_getCode', [address, 'latest']);
  const artifact = await artifactOf(deps, standing, code);
  const again = await recompiled(deps, standing, artifact);
  const { source, name, version, input } = again.from;
  const contract = contractOf(again, standing);
  const created = recorded && !recorded.nested ? await creationOf(standing, recorded) : null;
  const creation = created === null ? null : creationMatch(contract, created);
  const isOurs = creation !== null && creation !== 'different';
  const libraries = librariesIn(again, { runtime: code, creation: isOurs ? created : null });
  const projects = deps.projectsOf(artifact);
  return {
    ...{ network, chainId, address, contract: `${source}:${name}`, compiler: version },
    project: (projects.find(({ id }) => id === recorded?.project.id) ?? projects[0])?.name ?? null,
    runtime: runtimeMatch(contract, code) ?? 'different',
    creation,
    // The metadata before them is as long in either case.
    constructorArguments:
      created === null || creation === 'different'
        ? null
        : created.slice(2 + contract.creationCode.length),
    transaction: created === null ? null : (recorded?.transactionHash ?? null),
    libraries,
    input: { ...input, settings: linkedSettings(input.settings, libraries) },
  };
}

async function artifactOf(
  { byRuntime, fresh }: RebuildDependencies,
  { called, address, recorded }: CheckedContract,
  code: string,
): Promise<number> {
  const preferred = { project: recorded?.project.id };
  const known = byRuntime(code, preferred);
  if (known) return known.id;
  // It may have been compiled since.
  await fresh(recorded?.project.id);
  const found = byRuntime(code, preferred);
  if (found) return found.id;
  throw new AppError(
    'ARTIFACT_NOT_FOUND',
    `No compiled contract of a project has the code of ${called} at ${address}. Check out the commit that it was deployed from, build it, and try again.`,
    { field: 'contract' },
  );
}

async function recompiled(
  { recompile }: RebuildDependencies,
  { called }: CheckedContract,
  artifact: number,
): Promise<CompiledAgain> {
  const again = await recompile(artifact, EVM);
  if (again && !('problem' in again)) return again;
  const why = again ? again.problem : 'it is in no build output any more';
  throw new AppError(
    'NOT_RECOMPILED',
    `${called} can't be compiled again as it was: ${why}. Check out the commit that it was deployed from, build it with its own tool, and try again.`,
    { field: 'contract' },
  );
}

function contractOf(
  { from, output }: CompiledAgain,
  { called }: CheckedContract,
): CompiledContract {
  const compiled = evm.safeParse(output.evm).data;
  if (!compiled) {
    throw new AppError(
      'NOT_RECOMPILED',
      `${called} was compiled again, but its compiler gave no code. Is it an interface, or abstract?`,
    );
  }
  const { bytecode: creation, deployedBytecode: runtime } = compiled;
  return {
    ...{ name: from.name, source: from.source, abi: [], rank: 0 },
    ...{ creationCode: creation.object, creationGaps: gapsOf(creation.object) },
    runtimeCode: runtime.object,
    runtimeGaps: [...gapsOf(runtime.object), ...Object.values(runtime.immutableReferences).flat()],
  };
}

/** What its transaction has created it with, hex; null: the transaction isn't there any more. */
async function creationOf(
  { call }: CheckedContract,
  { transactionHash }: { transactionHash: string },
): Promise<string | null> {
  const found = await call<{ to: string | null; input: string } | null>(
    'eth_getTransactionByHash',
    [transactionHash],
  );
  return found && found.to === null ? found.input : null;
}

const METADATA_DIGITS = 4;

/** Metadata stands at the end of the code, before the arguments. */
function creationMatch(contract: CompiledContract, created: string): CodeMatch {
  if (new CodeIndex([contract]).byCreation(created)) return 'exact';
  const { creationCode } = contract;
  const length = Number.parseInt(creationCode.slice(-METADATA_DIGITS), 16) * 2 + METADATA_DIGITS;
  if (!(length < creationCode.length)) return 'different';
  const bare = creationCode.slice(0, -length);
  const without = { ...contract, creationCode: bare, creationGaps: gapsOf(bare) };
  return new CodeIndex([without]).byCreation(created) ? 'partial' : 'different';
}

/**
 * The addresses that stand in the code where libraries go. One that only a constructor uses stands in
 * the code alone that has created the contract.
 */
function librariesIn(
  { output }: CompiledAgain,
  code: { runtime: string; creation: string | null },
): CodeCheck['libraries'] {
  const compiled = evm.safeParse(output.evm).data;
  const found = new Map<string, CodeCheck['libraries'][number]>();
  const read = (links: unknown, linked: string | null) => {
    for (const { source, library, start } of readLinks(links)) {
      const digits = linked?.slice(2 + start * 2, 2 + (start + 20) * 2) ?? '';
      if (digits.length < 40) continue;
      found.set(`${source}:${library}`, {
        ...{ source, name: library },
        address: getAddress(`0x${digits}`),
      });
    }
  };
  read(compiled?.bytecode.linkReferences, code.creation);
  read(compiled?.deployedBytecode.linkReferences, code.runtime);
  return [...found.values()];
}

/** Verifiers link what was linked after compiling as the settings say. */
function linkedSettings(
  settings: Record<string, unknown>,
  libraries: CodeCheck['libraries'],
): Record<string, unknown> {
  if (libraries.length === 0) return settings;
  const linked: Record<string, Record<string, string>> = {};
  for (const { source, name, address } of libraries) {
    linked[source] = { ...linked[source], [name]: address };
  }
  return { ...settings, libraries: { ...(settings.libraries as object | undefined), ...linked } };
}
