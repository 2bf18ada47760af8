import { skipToken, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { api } from '../../core/client.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { Crumbs } from '../../core/inside/crumbs.tsx';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { shortHex } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { askedUpgrade, searchOf } from './asked-upgrade.ts';
import { UpgradeForm } from './upgrade-form.tsx';
import { UpgradeReport } from './upgrade-report.tsx';

/** What would break if something else ran behind a proxy. What is asked stands in the address. */
export function UpgradePage({ network, address }: { network: string; address: string }) {
  const [search, setSearch] = useSearchParams();
  const asked = askedUpgrade(search);
  const proxy = useQuery(
    api.contracts.show.queryOptions({ input: { network, contract: address }, staleTime: 0 }),
  );
  const report = useQuery(
    api.upgrades.check.queryOptions({
      input: asked ? { network, contract: address, ...asked } : skipToken,
      staleTime: 0,
    }),
  );
  const name = proxy.data ? (proxy.data.name ?? proxy.data.label) : null;
  return (
    <Page
      title={`Upgrade of ${name ?? shortHex(address)}`}
      about={
        <>
          <Crumbs network={network} />
          <AddressLink network={network} of={{ address, contract: name }} isContract />
          <span className="ml-4">What another implementation would break. Changes nothing.</span>
        </>
      }
    >
      {proxy.error ? (
        <InsideProblem error={proxy.error} onRetry={() => void proxy.refetch()} />
      ) : !proxy.data ? (
        <Skeleton rows={4} />
      ) : (
        <>
          <UpgradeForm
            key={search.toString()}
            proxy={proxy.data}
            asked={asked}
            busy={report.isFetching}
            onCheck={(next) => {
              const given = searchOf(next);
              if (given.toString() === search.toString()) void report.refetch();
              else setSearch(given);
            }}
          />
          {report.isFetching ? (
            <p role="status" className="text-sm text-ink-dim">
              Both are compiled again for their storage, and recorded calls run through the new one.
            </p>
          ) : report.error ? (
            <ProblemNotice error={report.error} onRetry={() => void report.refetch()} />
          ) : (
            report.data && <UpgradeReport report={report.data} />
          )}
        </>
      )}
    </Page>
  );
}
