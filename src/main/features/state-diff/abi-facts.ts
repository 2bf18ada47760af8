import type { Abi, AbiFunction } from 'viem';
import { isSimpleType } from './assertions/variable-name.ts';
import type { Getter } from './naming/named-account.ts';

const isView = ({ stateMutability }: AbiFunction): boolean =>
  stateMutability === 'view' || stateMutability === 'pure';

/** Functions that may be those of public variables. */
export function gettersOf(abi: Abi): Getter[] {
  return abi.flatMap((item) => {
    if (item.type !== 'function' || !isView(item)) return [];
    const inputs = item.inputs.map(({ type }) => type);
    const [output, ...others] = item.outputs;
    if (!output || others.length > 0 || ![output.type, ...inputs].every(isSimpleType)) return [];
    return [{ name: item.name, inputs, output: output.type }];
  });
}

/** Names of constants that hold roles, such as `MINTER_ROLE`. */
export const rolesOf = (abi: Abi): string[] =>
  abi.flatMap((item) =>
    item.type === 'function' && item.inputs.length === 0 && /^[A-Z0-9_]+_ROLE$/.test(item.name)
      ? [item.name]
      : [],
  );
