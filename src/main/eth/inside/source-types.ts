/** A type as Solidity sources name it, with what it takes to read its values. */
export type SourceType =
  /** One word: an integer, a truth value, an address or contract, `bytes1` to `bytes32`. */
  | { kind: 'word'; name: string }
  | { kind: 'enum'; name: string; members: readonly string[] }
  | { kind: 'bytes' | 'string' }
  /** `length` null: as long as it likes. */
  | { kind: 'array'; base: SourceType; length: number | null }
  /** Key of the structs. */
  | { kind: 'struct'; id: string }
  | { kind: 'mapping' }
  | { kind: 'function'; external: boolean }
  /** It could not be found what it is. */
  | { kind: 'unknown' };

export interface SourceStruct {
  name: string;
  members: readonly { name: string; type: SourceType }[];
}

/** By keys of their own: a struct may hold lists of itself. */
export type SourceStructs = Readonly<Record<string, SourceStruct>>;

/** A variable of a function. Offsets are bytes of its file; ends are behind the last one. */
export interface DeclaredVariable {
  /** Empty where it has none. */
  name: string;
  /** As the source writes it, e.g. `Market storage`. */
  text: string;
  type: SourceType;
  location: 'memory' | 'storage' | 'calldata' | null;
  start: number;
  end: number;
  line: number;
  /** Where it has a value: behind the statement that declares it, until its block ends. */
  from: number;
  to: number;
}

/** A function, constructor or modifier with a body, and its variables. */
export interface DeclaredFunction {
  start: number;
  /** Of its body, braces included. */
  bodyStart: number;
  bodyEnd: number;
  parameters: readonly DeclaredVariable[];
  returns: readonly DeclaredVariable[];
  locals: readonly DeclaredVariable[];
}

/** What a source file declares in its functions. */
export interface DeclaredVariables {
  functions: readonly DeclaredFunction[];
  structs: SourceStructs;
}

/** How many words of the stack a variable takes; null: that isn't known. */
export function stackWords({
  type,
  location,
}: Pick<DeclaredVariable, 'type' | 'location'>): number | null {
  if (type.kind === 'unknown') return location === null || location === 'calldata' ? null : 1;
  if (type.kind === 'function') return type.external ? 2 : 1;
  const isDynamic =
    type.kind === 'bytes' ||
    type.kind === 'string' ||
    (type.kind === 'array' && type.length === null);
  return location === 'calldata' && isDynamic ? 2 : 1;
}
