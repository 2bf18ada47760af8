import type {
  ASTNode,
  FunctionDefinition,
  ModifierDefinition,
  SourceUnit,
  TypeName,
  VariableDeclaration,
} from '@solidity-parser/parser/dist/src/ast-types';
import type {
  DeclaredFunction,
  DeclaredVariable,
  DeclaredVariables,
} from '../eth/inside/source-types.ts';
import type { ContractDeclaration, SourceFile } from './source-files.ts';
import { type NamePlace, SourceTypeNames } from './source-type-names.ts';

type Code = FunctionDefinition | ModifierDefinition;

/**
 * The variables of every function of a file, and what their types are.
 *
 * @param unit with ranges
 * @param others everything that was compiled together with it, the file included
 */
export function declaredVariables(
  text: string,
  unit: SourceUnit,
  file: SourceFile,
  others: readonly SourceFile[],
): DeclaredVariables {
  const types = new SourceTypeNames(others);
  const places = new Places(text);
  const functions: DeclaredFunction[] = [];
  const add = (nodes: readonly ASTNode[], contract: ContractDeclaration | null) => {
    for (const node of nodes) {
      const isCode = node.type === 'FunctionDefinition' || node.type === 'ModifierDefinition';
      if (isCode && node.body) functions.push(functionOf(node, { file, contract }, types, places));
    }
  };
  add(unit.children, null);
  for (const node of unit.children) {
    if (node.type !== 'ContractDefinition') continue;
    add(node.subNodes as ASTNode[], file.contracts.get(node.name) ?? null);
  }
  return { functions, structs: types.structs };
}

function functionOf(
  code: Code,
  place: NamePlace,
  types: SourceTypeNames,
  places: Places,
): DeclaredFunction {
  const [bodyStart, bodyEnd] = places.of(code.body);
  const variable = (node: VariableDeclaration, from: number, to: number): DeclaredVariable => {
    const [start, end] = places.of(node);
    return {
      name: node.name ?? '',
      text: places.text(node).replace(/\s+/g, ' ').replace(nameBehind(node.name), ''),
      type: types.of(node.typeName as TypeName | null, place),
      location: node.storageLocation as DeclaredVariable['location'],
      ...{ start, end, line: places.lineOf(node), from, to },
    };
  };
  const whole = (nodes: readonly ASTNode[] | null | undefined) =>
    (nodes ?? []).flatMap((node) =>
      node.type === 'VariableDeclaration' ? [variable(node, bodyStart, bodyEnd)] : [],
    );
  const locals: DeclaredVariable[] = [];
  const visit = (node: ASTNode, scopeEnd: number) => {
    if (node.type === 'VariableDeclarationStatement') {
      const [, from] = places.of(node);
      for (const one of node.variables as (ASTNode | null)[]) {
        if (one?.type === 'VariableDeclaration') locals.push(variable(one, from, scopeEnd));
      }
      return;
    }
    const isScope = node.type === 'Block' || node.type === 'ForStatement';
    const end = isScope ? places.of(node)[1] : scopeEnd;
    for (const inner of statementsIn(node)) visit(inner, end);
  };
  if (code.body) visit(code.body, bodyEnd);
  return {
    ...{ start: places.of(code)[0], bodyStart, bodyEnd, locals },
    parameters: whole(code.parameters),
    returns: code.type === 'FunctionDefinition' ? whole(code.returnParameters) : [],
  };
}

const nameBehind = (name: string | null): RegExp =>
  name === null ? /$^/ : new RegExp(`\\s${name.replaceAll('$', '\\$')}$`);

/** What else runs inside of a statement; nothing declares a variable in an expression. */
function statementsIn(node: ASTNode): readonly ASTNode[] {
  switch (node.type) {
    case 'Block':
      return node.statements as ASTNode[];
    case 'UncheckedStatement':
      return [node.block];
    case 'IfStatement':
      return present([node.trueBody, node.falseBody]);
    case 'WhileStatement':
    case 'DoWhileStatement':
      return present([node.body]);
    case 'ForStatement':
      return present([node.initExpression, node.body]);
    case 'TryStatement':
      return present([node.body, ...node.catchClauses.map(({ body }) => body)]);
    default:
      return [];
  }
}

const present = (nodes: readonly (ASTNode | null | undefined)[]): ASTNode[] =>
  nodes.filter((node) => node !== null && node !== undefined);

/** Places of a text in bytes. */
class Places {
  readonly #text: string;
  /** By the character; null: each is one byte. */
  readonly #bytes: Uint32Array | null;

  constructor(text: string) {
    this.#text = text;
    this.#bytes = Buffer.byteLength(text) === text.length ? null : bytesBefore(text);
  }

  /** Its first byte, and that behind its last one. */
  of(node: ASTNode | null | undefined): [start: number, end: number] {
    const [from, last] = node?.range ?? [0, -1];
    const at = (character: number) => this.#bytes?.[character] ?? character;
    return [at(from), at(last + 1)];
  }

  text(node: ASTNode): string {
    const [from, last] = node.range ?? [0, -1];
    return this.#text.slice(from, last + 1);
  }

  lineOf = (node: ASTNode): number => node.loc?.start.line ?? 0;
}

function bytesBefore(text: string): Uint32Array {
  const before = new Uint32Array(text.length + 1);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isHalf = code >= 0xd800 && code < 0xe000;
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : isHalf ? 2 : 3;
    before[i + 1] = (before[i] as number) + bytes;
  }
  return before;
}
