import { elementType } from '#main/shared/decoded-text.ts';

/** What a value of an ABI consists of, for forms. */
export type Shape = WordShape | ListShape | TupleShape;

interface Named {
  /** Empty where the ABI gives none. */
  name: string;
  /** In full: `(address,uint256)[]`. */
  type: string;
  /** As its source has it, where that says more: `enum Pool.Mode`. */
  note: string | null;
}

export interface WordShape extends Named {
  of: 'word';
  /** Of an enum, the names of its members, where they are known. */
  choices: readonly string[] | null;
}
export interface ListShape extends Named {
  of: 'list';
  /** null: any. */
  length: number | null;
  item: Shape;
}
export interface TupleShape extends Named {
  of: 'tuple';
  members: Shape[];
}

/** As in an ABI; a tuple has its members either as components or in its type. */
export interface AbiParameter {
  name: string;
  type: string;
  internalType?: unknown;
  components?: unknown;
  members?: unknown;
  /** The type with the names of the members of tuples, `(address to,uint256 share)[]`. */
  named?: string;
}

export function shapeOf(parameter: AbiParameter): Shape {
  const { name, internalType, named, ...rest } = parameter;
  const type = named ?? rest.type;
  const item = elementType(type);
  if (item !== undefined) {
    const inner = shapeOf({ ...rest, name: '', type: item });
    const size = type.slice(item.length + 1, -1);
    return {
      ...{ of: 'list', name, type: inner.type + type.slice(item.length), item: inner },
      ...{ note: noteOf(internalType), length: size === '' ? null : Number(size) },
    };
  }
  const components = componentsOf({ ...rest, name, type });
  if (components === null) {
    return { of: 'word', name, type, note: noteOf(internalType), choices: choicesOf(parameter) };
  }
  const members = components.map(shapeOf);
  return {
    ...{ of: 'tuple', name, members, note: noteOf(internalType) },
    type: `(${members.map((one) => one.type).join(',')})`,
  };
}

/** Structs and enums have names; of other types the source says the same as the ABI. */
const noteOf = (internalType: unknown): string | null =>
  typeof internalType === 'string' && /^(struct|enum|contract) /.test(internalType)
    ? internalType
    : null;

const choicesOf = ({ members }: AbiParameter): readonly string[] | null =>
  Array.isArray(members) && members.length > 0 ? members.map(String) : null;

/** null: it is no tuple. */
function componentsOf({ type, components }: AbiParameter): AbiParameter[] | null {
  if (Array.isArray(components)) {
    return (components as Partial<AbiParameter>[]).map((one) => ({
      ...one,
      name: one.name ?? '',
      type: String(one.type),
    }));
  }
  if (!type.startsWith('(') || !type.endsWith(')')) return null;
  return topLevel(type.slice(1, -1)).map(memberOf);
}

/** `uint256 share` as its type and its name; of a tuple inside, the names are its members'. */
function memberOf(text: string): AbiParameter {
  const at = text.lastIndexOf(' ');
  const name = text.slice(at + 1);
  return at === -1 || /[()[\],]/.test(name)
    ? { name: '', type: text }
    : { name, type: text.slice(0, at).trim() };
}

/** `address,(bool,uint8)` in its two parts. */
function topLevel(types: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= types.length; at++) {
    const char = types[at];
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (depth === 0 && (char === ',' || char === undefined) && at > from) {
      found.push(types.slice(from, at).trim());
      from = at + 1;
    }
  }
  return found;
}
