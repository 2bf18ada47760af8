import { useQueries } from '@tanstack/react-query';
import { useAddressChoices } from '../../core/addresses/address-choices.tsx';
import { api } from '../../core/client.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import type { SuggestionGroup } from '../../ui/suggest-field.tsx';

interface Implementations {
  groups: readonly SuggestionGroup[];
  /** Id of the compiled contract that a text stands for; undefined: of none that is known here. */
  artifactOf(text: string): number | undefined;
}

/** What can run behind a proxy: contracts that projects have compiled, and those on its network. */
export function useImplementations(network: string, project: number | undefined): Implementations {
  const projects = useProjects().data?.filter(({ id }) => project === undefined || id === project);
  const lists = useQueries({
    queries: (projects ?? []).map(({ id }) =>
      api.artifacts.list.queryOptions({ input: { project: id }, staleTime: 0 }),
    ),
    combine: (all) => all.map(({ data }) => data ?? []),
  });
  const addresses = useAddressChoices(network);
  const compiled = (projects ?? []).map(({ name: of }, i) => {
    const found = (lists[i] ?? []).filter(({ codeBytes }) => codeBytes > 0);
    const names = Map.groupBy(found, ({ name }) => name);
    return {
      title: `Contracts of ${of}`,
      items: found.map(({ id, name, source }) => ({
        // Of several with the same name, each goes by its number.
        ...{ value: names.get(name)?.length === 1 ? `${of}.${name}` : String(id), name, id },
        detail: source,
      })),
    };
  });
  const ids = new Map(compiled.flatMap(({ items }) => items.map(({ value, id }) => [value, id])));
  return {
    groups: [...compiled, ...addresses.filter(({ title }) => title === 'Contracts')],
    artifactOf: (text) => ids.get(text.trim()),
  };
}
