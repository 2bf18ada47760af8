import type { TracedCall, TreeNames } from './call-tree.ts';
import type { KnownContract, Names } from './names.ts';

/**
 * Names that also know what a transaction has created by the code that created it: what has destroyed
 * itself again is not at its address.
 *
 * @param root its calls; null: they are not known
 */
export function withCreated(names: TreeNames, root: TracedCall | null): Names {
  const creations = new Map<string, string>();
  const open = root ? [root] : [];
  for (let call = open.pop(); call; call = open.pop()) {
    const { type, to, input } = call;
    if (type.startsWith('CREATE') && to && input) creations.set(to.toLowerCase(), input);
    for (const inner of call.calls ?? []) open.push(inner);
  }
  const createdAt = async (address: string): Promise<KnownContract | null> => {
    const code = creations.get(address.toLowerCase());
    const created = code === undefined ? null : await names.createdBy(code, address);
    if (!created) return null;
    const { name, abi, project } = created;
    return { name, abi, project, label: names.labelAt(address), proxy: null, artifact: null };
  };
  return {
    contractAt: async (address, ran, code) =>
      (await names.contractAt(address, ran, code)) ?? createdAt(address),
    labelAt: (address) => names.labelAt(address),
    functions: (selector) => names.functions(selector),
    errors: (selector) => names.errors(selector),
    events: (topic) => names.events(topic),
  };
}
