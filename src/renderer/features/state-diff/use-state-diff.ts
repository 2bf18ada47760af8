import { useQuery } from '@tanstack/react-query';
import type {
  DiffAccount,
  DiffInput,
  DiffPart,
  DiffVariable,
} from '#main/features/state-diff/contract.ts';
import { api, client } from '../../core/client.ts';

export interface ChangedAccount {
  account: DiffAccount;
  variables: DiffVariable[];
}

export interface StateDifference {
  head: Extract<DiffPart, { type: 'head' }>;
  accounts: ChangedAccount[];
}

/** Two states of a chain, compared once: the chain may go on meanwhile. */
export const useStateDiff = (input: DiffInput) =>
  useQuery({
    queryKey: api.stateDiff.compare.key({ input }),
    queryFn: ({ signal }) => wholeDifference(input, signal),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

async function wholeDifference(input: DiffInput, signal: AbortSignal): Promise<StateDifference> {
  let head: StateDifference['head'] | undefined;
  const accounts: ChangedAccount[] = [];
  let isWhole = false;
  for await (const part of await client.stateDiff.compare(input, { signal })) {
    if (part.type === 'head') head = part;
    else if (part.type === 'account') accounts.push({ account: part.account, variables: [] });
    else if (part.type === 'storage') accounts.at(-1)?.variables.push(...part.variables);
    else isWhole = true;
  }
  if (!head || !isWhole) throw new Error('The comparison was cut off. Try again.');
  return { head, accounts };
}
