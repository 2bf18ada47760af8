import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserCheck } from 'lucide-react';
import { useDeferredValue } from 'react';
import type { CallInput, Senders } from '#main/features/contracts/contract/calls.ts';
import { api } from '../../../core/client.ts';
import { ether, shortHex } from '../../../ui/format.ts';
import type { SuggestionGroup } from '../../../ui/suggest-field.tsx';

type Sender = Senders['senders'][number];

const none: readonly Sender[] = [];

/** Who could send a call, tried from each; empty while the call can't be made. */
export function useSenders(call: CallInput, isComplete: boolean): readonly Sender[] {
  const { from: _, ...asked } = useDeferredValue(call);
  const { data } = useQuery(
    api.contracts.senders.queryOptions({
      input: asked,
      ...{ enabled: isComplete, staleTime: 2000, placeholderData: keepPreviousData },
    }),
  );
  return isComplete ? (data?.senders ?? none) : none;
}

const icon = <UserCheck aria-hidden="true" size={14} />;

const suggestion = ({ address, label, account, roles, balance }: Sender) => ({
  value: address,
  name: label ?? (account === null ? (roles[0] ?? shortHex(address)) : `account ${account}`),
  about: shortHex(address),
  detail: [roles.join(', '), `${ether(balance)} ETH`, account === null && 'impersonated']
    .filter(Boolean)
    .join(' · '),
  ...(roles.length > 0 ? { icon } : {}),
});

/** An error often names the sender: those with the same one stand together. */
const reasonOf = (problem: string): string =>
  (/^([\p{L}_$][\p{L}\p{N}_$]*)\(/u.exec(problem)?.[1] ?? problem).slice(0, 80);

/** Those who may call first; of the others why their call would fail; then every known address. */
export function senderGroups(
  senders: readonly Sender[],
  addresses: readonly SuggestionGroup[],
): { groups: SuggestionGroup[]; may: readonly Sender[] } {
  const may = senders.filter(({ problem }) => problem === null);
  const failing = Map.groupBy(
    senders.filter(({ problem }) => problem !== null),
    ({ problem }) => reasonOf(problem ?? ''),
  );
  const tried = new Set(senders.map(({ address }) => address.toLowerCase()));
  const others = addresses.map(({ title, items }) => ({
    ...{ title, items: items.filter(({ value }) => !tried.has(value.toLowerCase())) },
  }));
  return {
    may,
    groups: [
      ...(may.length > 0 ? [{ title: 'May call this', items: may.map(suggestion) }] : []),
      ...[...failing].map(([problem, of]) => ({
        ...{ title: `Would revert: ${problem}`, items: of.map(suggestion) },
      })),
      ...others.filter(({ items }) => items.length > 0),
    ],
  };
}
