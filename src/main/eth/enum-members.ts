import type { Abi, AbiParameter } from 'viem';
import type { EnumNames } from '../shared/decoded.ts';
import type { CompilerStorageLayout, CompilerStorageType } from './artifact.ts';

/** Names of the members of an enum, by the name of the enum; undefined: it isn't known. */
export type MembersOf = (name: string) => readonly string[] | undefined;

/** Stays with a parameter that is copied, and is in no JSON: an ABI is shown as compilers write it. */
const MEMBERS = Symbol('members of an enum');

type WithMembers = AbiParameter & { [MEMBERS]?: readonly string[] };

const ENUM = /^enum ([\w$.]+)(\[\d*\])*$/;

/** The enum that a parameter, or each element of it, is of; null: it is of none. */
function enumOf({ internalType }: AbiParameter): string | null {
  return typeof internalType === 'string' ? (ENUM.exec(internalType)?.[1] ?? null) : null;
}

/** Whether anything in an ABI is an enum. */
export const hasEnums = (abi: Abi): boolean =>
  abi.some((item) => parametersOf(item).some((one) => anyEnum(one)));

function anyEnum(parameter: AbiParameter, depth = 0): boolean {
  if (enumOf(parameter) !== null) return true;
  return depth < MOST_NESTING && componentsOf(parameter).some((one) => anyEnum(one, depth + 1));
}

/** An ABI is a file of the project's, and may hold anything. */
const MOST_NESTING = 32;

const listOf = (value: unknown): AbiParameter[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];

const componentsOf = (parameter: AbiParameter): AbiParameter[] =>
  'components' in parameter ? listOf(parameter.components) : [];

function parametersOf(item: Abi[number]): AbiParameter[] {
  const { inputs, outputs } = (item ?? {}) as { inputs?: unknown; outputs?: unknown };
  return [...listOf(inputs), ...listOf(outputs)];
}

/** The same ABI, whose parameters know the members of their enums. */
export const withEnumMembers = (abi: Abi, membersOf: MembersOf): Abi =>
  abi.map((item) => {
    if (!parametersOf(item).some((one) => anyEnum(one))) return item;
    const { inputs, outputs } = item as { inputs?: unknown; outputs?: unknown };
    return {
      ...item,
      ...(Array.isArray(inputs) ? { inputs: inputs.map((one) => marked(one, membersOf)) } : {}),
      ...(Array.isArray(outputs) ? { outputs: outputs.map((one) => marked(one, membersOf)) } : {}),
    } as Abi[number];
  });

function marked(parameter: AbiParameter, membersOf: MembersOf, depth = 0): AbiParameter {
  if (typeof parameter !== 'object' || parameter === null || depth > MOST_NESTING) return parameter;
  const name = enumOf(parameter);
  const members = name === null ? undefined : membersOf(name);
  const components = 'components' in parameter ? parameter.components : undefined;
  return {
    ...parameter,
    ...(members ? { [MEMBERS]: members } : {}),
    ...(Array.isArray(components)
      ? { components: components.map((one) => marked(one, membersOf, depth + 1)) }
      : {}),
  } as AbiParameter;
}

/** Parameters of a signature with their names, and the members of enums, as sources declare them. */
export const namedParameters = (
  parameters: readonly AbiParameter[],
  declared: readonly { name: string; members?: readonly string[] }[],
): AbiParameter[] =>
  parameters.map((one, i) => {
    const { name = '', members } = declared[i] ?? {};
    return { ...one, name, ...(members ? { [MEMBERS]: members } : {}) };
  });

/** A parameter of an enum, as sources declare it. */
export const enumParameter = (
  name: string,
  declared: { name: string; members: readonly string[] },
): AbiParameter => ({
  ...{ name, type: 'uint8', internalType: `enum ${declared.name}` },
  ...{ [MEMBERS]: declared.members },
});

/** The members of the enum that a parameter, or each element of it, is of. */
export const enumMembers = (parameter: AbiParameter): readonly string[] | undefined =>
  (parameter as WithMembers)[MEMBERS];

/** Names of the members that occur in a value as viem decodes it; undefined: it is no known enum. */
export function enumNames(parameter: AbiParameter, value: unknown): EnumNames | undefined {
  const members = enumMembers(parameter);
  const name = enumOf(parameter);
  if (!members || name === null) return undefined;
  const names: Record<string, string> = {};
  const open = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (Array.isArray(one)) open.push(...one);
    else if (members[Number(one)] !== undefined)
      names[String(one)] = members[Number(one)] as string;
  }
  return { name, names };
}

/** The same layout, whose types know the members of enums. */
export function withEnumsInLayout(
  layout: CompilerStorageLayout,
  membersOf: MembersOf,
): CompilerStorageLayout {
  const types = Object.entries(layout.types).map(([id, type]): [string, CompilerStorageType] => {
    const members = type.label.startsWith('enum ') ? membersOf(type.label.slice(5)) : undefined;
    return [id, members ? { ...type, enumMembers: members } : type];
  });
  return { ...layout, types: Object.fromEntries(types) };
}

export const hasEnumsInLayout = ({ types }: CompilerStorageLayout): boolean =>
  Object.values(types).some(({ label }) => label.startsWith('enum '));
