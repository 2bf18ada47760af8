import type {
  ASTNode,
  BaseASTNode,
  ContractDefinition,
  FunctionDefinition,
  SourceUnit,
  TypeName,
} from '@solidity-parser/parser/dist/src/ast-types';
import { type ProjectFiles, RefusedFile } from '../lib/project-files.ts';
import { stripFunctionBodies } from './strip-function-bodies.ts';
import { mistakeThatCrashes, type SyntaxMistake, syntaxProblem } from './syntax-problem.ts';

export type TypeDeclaration =
  | { kind: 'struct'; name: string; members: { name: string; type: TypeName | null }[] }
  | { kind: 'enum'; members: string[] }
  | { kind: 'value'; base: string };

export interface ContractDeclaration {
  name: string;
  kind: string;
  /** As written, most basic first. */
  bases: string[];
  functions: FunctionDefinition[];
  types: Map<string, TypeDeclaration>;
}

export interface Import {
  path: string;
  /** `import * as alias`. */
  alias: string | null;
  /** `import {name as local}`; null: everything. */
  symbols: { name: string; local: string }[] | null;
}

/** What a Solidity file declares, as far as it affects a script's external functions. */
export interface SourceFile {
  file: string;
  imports: Import[];
  contracts: Map<string, ContractDeclaration>;
  types: Map<string, TypeDeclaration>;
  /** Why nothing could be read from it. */
  problem: string | undefined;
}

export type ReadSource = (files: ProjectFiles, file: string) => Promise<SourceFile>;

const MOST_KEPT = 1000;

/**
 * Parses files, and remembers them while they are unchanged. Calls `parsing` before each: the
 * parser takes very long for some, and can't be interrupted. What can't be read has a `problem`.
 */
export function sourceReader(parsing: (file: string) => void): ReadSource {
  const kept = new Map<string, { stamp: string; source: SourceFile }>();
  return async (files, file) => {
    try {
      const stats = files.stat(file);
      const stamp = `${stats?.mtimeMs}:${stats?.size}`;
      const known = kept.get(file);
      if (known?.stamp === stamp && files.real(file) !== undefined) return known.source;
      const text = files.text(file);
      parsing(file);
      const source = await parseSource(file, text);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(file, { stamp, source });
      return source;
    } catch (error) {
      if (error instanceof RefusedFile) return unreadable(file, `${error.message}.`);
      throw error;
    }
  };
}

const unreadable = (file: string, problem: string): SourceFile => ({
  file,
  imports: [],
  contracts: new Map(),
  types: new Map(),
  problem,
});

/** What a text declares outside of the bodies of functions. */
export async function parseSource(file: string, text: string): Promise<SourceFile> {
  // 1 MB of grammar tables, needed only when scripts are read.
  const { parse, ParserError } = await import('@solidity-parser/parser');
  const stripped = stripFunctionBodies(text);
  // Syntax trees of broken files have gaps, which crash the parser itself.
  const mistakeOf = (error: unknown) =>
    error instanceof ParserError ? error.errors[0] : undefined;
  const mistakeIn = (part: string): SyntaxMistake | null | undefined => {
    try {
      parse(part);
      return null;
    } catch (error) {
      return mistakeOf(error);
    }
  };
  try {
    return summarize(file, parse(stripped));
  } catch (error) {
    const mistake = mistakeOf(error) ?? mistakeThatCrashes(stripped, mistakeIn);
    return unreadable(file, syntaxProblem(mistake));
  }
}

function summarize(file: string, unit: SourceUnit): SourceFile {
  const imports: Import[] = [];
  const contracts = new Map<string, ContractDeclaration>();
  for (const node of unit.children) {
    if (node.type === 'ImportDirective') {
      imports.push({
        path: node.path,
        alias: node.unitAlias,
        symbols:
          node.symbolAliases?.map(([name, local]) => ({ name, local: local ?? name })) ?? null,
      });
    } else if (node.type === 'ContractDefinition') {
      contracts.set(node.name, contractOf(node));
    }
  }
  return { file, imports, contracts, types: typesOf(unit.children), problem: undefined };
}

function contractOf(node: ContractDefinition): ContractDeclaration {
  const parts = node.subNodes as ASTNode[];
  return {
    name: node.name,
    kind: node.kind,
    bases: node.baseContracts.map((base) => base.baseName.namePath),
    functions: parts.filter((part) => part.type === 'FunctionDefinition'),
    types: typesOf(parts),
  };
}

function typesOf(nodes: BaseASTNode[]): Map<string, TypeDeclaration> {
  const types = new Map<string, TypeDeclaration>();
  for (const node of nodes as ASTNode[]) {
    if (node.type === 'StructDefinition') {
      const members = node.members.map((m) => ({ name: m.name ?? '', type: m.typeName }));
      types.set(node.name, { kind: 'struct', name: node.name, members });
    } else if (node.type === 'EnumDefinition') {
      types.set(node.name, { kind: 'enum', members: node.members.map(({ name }) => name) });
    } else if (node.type === 'TypeDefinition') {
      types.set(node.name, { kind: 'value', base: node.definition.name });
    }
  }
  return types;
}
