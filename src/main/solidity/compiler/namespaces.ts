import type { CompilerStorageLayout } from '../../eth/artifact.ts';
import { readLayout } from '../../eth/artifact-schemas.ts';
import { compile, plainInput } from './compile.ts';
import type { CompiledFrom } from './compiled-from.ts';

/** A struct that is stored at a place of its own: https://eips.ethereum.org/EIPS/eip-7201 */
export interface NamespaceLayout {
  /** The contract that declares it. */
  contract: string;
  /** Slots of its members count from that of the namespace. */
  members: { label: string; offset: number; slot: string; type: string }[];
  types: CompilerStorageLayout['types'];
}

/** By the name of the namespace. `problem`: in the middle of a sentence. */
export type NamespacesOrProblem =
  | { namespaces: Record<string, NamespaceLayout> }
  | { problem: string };

const ANNOTATION = /@custom:storage-location\s+erc7201:([^\s*]+)/;
/** A comment directly before a struct; compilers before 0.8.20 leave it out of their trees. */
const COMMENT_BEFORE = /(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/|(?:[ \t]*\/\/\/[^\n]*\n)+)\s*$/;
const PROBE = 'drydock/namespaces.sol';

interface Node {
  nodeType?: string;
  id?: number;
  name?: string;
  src?: string;
  nodes?: Node[];
  linearizedBaseContracts?: number[];
}

interface Namespaced {
  id: string;
  source: string;
  contract: string;
  struct: string;
}

/**
 * The namespaces of a contract and all that it inherits from. Compilers' layouts say nothing of them;
 * a variable of each struct's type, in a contract beside the others, does.
 */
export async function namespacesOf(from: CompiledFrom): Promise<NamespacesOrProblem> {
  const { compilers, version, input } = from;
  const sources = Object.entries(input.sources);
  if (!sources.some(([, { content }]) => ANNOTATION.test(content))) return { namespaces: {} };
  const trees = await compile(compilers, version, plainInput(input, { '*': { '': ['ast'] } }), {
    exact: false,
  });
  if ('problem' in trees) return trees;
  const units = Object.entries(trees.output.sources ?? {}).map(
    ([source, { ast }]) => [source, ast as Node] as const,
  );
  const found = namespacedStructs(from, units);
  if (found.length === 0) return { namespaces: {} };
  const probed = await compile(
    compilers,
    version,
    plainInput(
      { ...input, sources: { ...input.sources, [PROBE]: { content: probe(found) } } },
      { [PROBE]: { '*': ['storageLayout'] } },
    ),
    { exact: false },
  );
  if ('problem' in probed) return probed;
  const namespaces: Record<string, NamespaceLayout> = {};
  for (const [i, { id, contract }] of found.entries()) {
    const layout = readLayout(probed.output.contracts?.[PROBE]?.[`P${i}`]?.storageLayout);
    const struct = layout?.types[layout.storage[0]?.type ?? ''];
    if (!layout || !struct) return { problem: `the compiler tells nothing of its namespace ${id}` };
    namespaces[id] = { contract, members: struct.members ?? [], types: layout.types };
  }
  return { namespaces };
}

function namespacedStructs(
  { source, name, input }: CompiledFrom,
  units: readonly (readonly [string, Node])[],
): Namespaced[] {
  const contracts = new Map<number, { source: string; node: Node }>();
  for (const [at, unit] of units) {
    for (const node of unit.nodes ?? []) {
      if (node.nodeType === 'ContractDefinition')
        contracts.set(node.id ?? -1, { source: at, node });
    }
  }
  const target = [...contracts.values()].find(
    (one) => one.source === source && one.node.name === name,
  );
  return (target?.node.linearizedBaseContracts ?? []).flatMap((id) => {
    const base = contracts.get(id);
    const text = Buffer.from(input.sources[base?.source ?? '']?.content ?? '');
    return (base?.node.nodes ?? []).flatMap((node) => {
      if (node.nodeType !== 'StructDefinition') return [];
      const before = text.subarray(0, Number(node.src?.split(':')[0] ?? 0)).toString();
      const namespace = ANNOTATION.exec(COMMENT_BEFORE.exec(before)?.[0] ?? '')?.[1];
      if (namespace === undefined || !base?.node.name || !node.name) return [];
      const { source: at } = base;
      return [{ id: namespace, source: at, contract: base.node.name, struct: node.name }];
    });
  });
}

const probe = (found: readonly Namespaced[]): string =>
  found
    .map(
      ({ source, contract, struct }, i) =>
        `import {${contract} as C${i}} from ${JSON.stringify(source)};\ncontract P${i} { C${i}.${struct} s; }\n`,
    )
    .join('');
