import { useQuery } from '@tanstack/react-query';
import type { LiveContracts } from '#main/features/contracts/contract/listed.ts';
import { api } from '../../core/client.ts';

const noContracts: LiveContracts['contracts'] = [];
const noneAdded: LiveContracts['added'] = [];

/** More than a list can be looked through by a person; the total tells of others. */
const most = 10_000;

/** The live contracts of all projects, newest deployment first, and those that the user has added. */
export function useKnownContracts(network: string | undefined) {
  const { data, isPending, error, refetch } = useQuery(
    api.contracts.live.queryOptions({ input: { target: network, limit: most } }),
  );
  return {
    contracts: data?.contracts ?? noContracts,
    added: data?.added ?? noneAdded,
    total: data?.total ?? 0,
    ...{ isPending, error, refetch },
  };
}
