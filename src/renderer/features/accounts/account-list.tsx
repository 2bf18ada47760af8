import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import { api } from '../../core/client.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { accountsPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { ether } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';

/** The development accounts of a chain with their balances, and the way to all that is known of them. */
export function AccountList({ chain }: { chain: Chain }) {
  const running = chain.status === 'running';
  const accounts = useQuery(
    api.chains.accounts.queryOptions({ input: { chain: chain.name }, enabled: running }),
  );
  return (
    <Section
      title="Accounts"
      aside={
        <Link href={accountsPath(chain.name)} className="text-accent hover:underline">
          Keys and tokens
        </Link>
      }
    >
      {!running ? (
        <p className="text-sm text-ink-dim">Balances show when {chain.name} runs.</p>
      ) : accounts.error && !accounts.data ? (
        <ProblemNotice error={accounts.error} onRetry={() => void accounts.refetch()} />
      ) : (
        <ul aria-label="Accounts" className="rounded-lg border border-line bg-ground">
          {accounts.data?.map((account) => (
            <li
              key={account.address}
              className="flex h-8 items-center justify-between gap-2 border-line px-2.5 not-first:border-t"
            >
              <AddressLink network={chain.name} of={account} />
              <span className="font-mono text-xs nums">
                {ether(account.balance)} <span className="text-ink-dim">ETH</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
