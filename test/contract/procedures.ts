import { type AnyContractProcedure, isContractProcedure } from '@orpc/contract';
import { contract } from '#main/contract.ts';

/** Every procedure of a contract with its place in it, e.g. `['chains', 'start']`. */
export function allProcedures(
  root: object = contract,
): { path: string[]; procedure: AnyContractProcedure }[] {
  const found: { path: string[]; procedure: AnyContractProcedure }[] = [];
  const visit = (node: unknown, path: string[]) => {
    if (isContractProcedure(node)) found.push({ path, procedure: node });
    else for (const [key, child] of Object.entries(node as object)) visit(child, [...path, key]);
  };
  visit(root, []);
  return found;
}
