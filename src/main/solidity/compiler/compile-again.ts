import { type CompiledOutput, compile, plainInput } from './compile.ts';
import type { CompiledFrom } from './compiled-from.ts';
import { type NamespaceLayout, namespacesOf } from './namespaces.ts';

/** What to ask a compiler for once more. */
export interface CompileAgain {
  /** Of the contract, e.g. `storageLayout`: as in `outputSelection`. */
  outputs: readonly string[];
  /** Syntax trees of all sources as well. */
  asts?: boolean;
  /** How structs at places of their own are laid out as well. */
  namespaces?: boolean;
  /**
   * `same`: as it was compiled, by the same version. `plain`: for what doesn't depend on the code,
   * without optimizing, by any compiler of the same minor version.
   */
  as: 'same' | 'plain';
}

export interface CompiledAgain {
  from: Omit<CompiledFrom, 'compilers'>;
  /** The version that has compiled. */
  compiler: string;
  output: CompiledOutput;
  /** Number in source maps and syntax tree of each source; only if they were asked for. */
  asts: Record<string, { id?: number; ast?: unknown }>;
  /** By name; none if they weren't asked for. */
  namespaces: Record<string, NamespaceLayout>;
}

/** Rejects for nothing that is in the input. `problem`: in the middle of a sentence. */
export async function compileAgain(
  compiledFrom: CompiledFrom,
  { outputs, asts = false, namespaces = false, as }: CompileAgain,
): Promise<CompiledAgain | { problem: string }> {
  const { compilers, ...from } = compiledFrom;
  const { source, name, version, input } = from;
  const outputSelection = {
    ...(asts ? { '*': { '': ['ast'] } } : {}),
    [source]: { [name]: outputs, ...(asts ? { '': ['ast'] } : {}) },
  };
  const asked =
    as === 'same'
      ? { ...input, settings: { ...input.settings, outputSelection } }
      : plainInput(input, outputSelection);
  const compiled = await compile(compilers, version, asked, { exact: as === 'same' });
  if ('problem' in compiled) return compiled;
  const output = compiled.output.contracts?.[source]?.[name];
  if (!output) return { problem: `solc ${compiled.compiler} finds no ${name} in ${source}` };
  const spaces = namespaces ? await namespacesOf(compiledFrom) : { namespaces: {} };
  if ('problem' in spaces) return spaces;
  return {
    ...spaces,
    ...{ from, output, compiler: compiled.compiler },
    asts: asts ? (compiled.output.sources ?? {}) : {},
  };
}
