import { useQuery } from '@tanstack/react-query';
import { Coins, Eye, RotateCw, UserRoundCog, Users } from 'lucide-react';
import { openAccountDialog } from '../../core/accounts/account-dialogs.ts';
import { api } from '../../core/client.ts';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { NetworkSelect } from '../../core/inside/network-select.tsx';
import { accountsPath } from '../../core/paths.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AccountTable } from './account-table.tsx';

/** Who has what on a network, and what can be given to them. */
export function AccountsPage({ network }: { network: string }) {
  const { data, error, isFetching, refetch } = useQuery(
    api.accounts.list.queryOptions({ input: { network }, staleTime: 0 }),
  );
  useFollowHead(network, () => refetch({ cancelRefetch: false }));
  return (
    <Page
      title="Accounts"
      about={
        data &&
        !error && (
          <>
            {plural(data.accounts.length, 'account')}, {plural(data.tokens.length, 'token')}
            {data.moreTokens && ' among the first contracts'}
            {!data.isOwn && <span>· {network} is only read</span>}
          </>
        )
      }
      actions={
        <>
          <NetworkSelect network={network} path={accountsPath} />
          {data?.isOwn === false && (
            <IconButton
              label={`Read ${network} again`}
              icon={<RotateCw size={15} />}
              busy={isFetching}
              onClick={() => void refetch()}
            />
          )}
          <Button
            icon={<Eye aria-hidden="true" size={14} />}
            onClick={() => openAccountDialog('watch', network)}
          >
            Watch…
          </Button>
          {data?.isOwn && (
            <>
              <Button
                icon={<UserRoundCog aria-hidden="true" size={14} />}
                disabled={Boolean(error)}
                onClick={() => openAccountDialog('impersonate', network)}
              >
                Impersonate…
              </Button>
              <Button
                icon={<Coins aria-hidden="true" size={14} />}
                disabled={Boolean(error)}
                onClick={() => openAccountDialog('deal', network)}
              >
                Deal tokens…
              </Button>
            </>
          )}
        </>
      }
    >
      {error ? (
        <InsideProblem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={8} />
      ) : data.accounts.length === 0 ? (
        <EmptyState
          icon={<Users size={22} />}
          title={`No account of ${network} is watched`}
          action={
            <Button onClick={() => openAccountDialog('watch', network)}>Watch an address…</Button>
          }
        >
          Watch an address to see what ether and tokens it has.
        </EmptyState>
      ) : (
        <AccountTable list={data} />
      )}
    </Page>
  );
}
