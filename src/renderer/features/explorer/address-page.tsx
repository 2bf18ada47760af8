import { useQuery } from '@tanstack/react-query';
import { Tag } from 'lucide-react';
import { Link } from 'wouter';
import type { AddressDetail } from '#main/features/explorer/contract/addresses.ts';
import { UNCOUNTED_NONCE } from '#main/shared/safe-integer.ts';
import { openLabelDialog } from '../../core/addresses/label-dialog.ts';
import { api } from '../../core/client.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { Crumbs } from '../../core/inside/crumbs.tsx';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { StoppedNotice } from '../../core/inside/stopped-notice.tsx';
import { exactEther, nameOf } from '../../core/inside/words.ts';
import { contractPath, deploymentPath, transactionPath } from '../../core/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ColorDot } from '../../ui/color-dot.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AddressTransactions } from './address-transactions.tsx';
import { FindBox } from './find-box.tsx';

/** What stands at an address: an account, or a contract with where it comes from. */
export function AddressPage({ network, address }: { network: string; address: string }) {
  const { data, error, refetch } = useQuery(
    api.explorer.address.queryOptions({ input: { network, address }, staleTime: 0 }),
  );
  useFollowHead(network, () => refetch({ cancelRefetch: false }));
  return (
    <Page
      title={data ? nameOf(data) : shortHex(address)}
      about={
        <>
          <Crumbs network={network} />
          {data?.color && <ColorDot color={data.color} />}
          {data && <Badge>{kindOf(data)}</Badge>}
          <Copyable value={data?.address ?? address} what="address" className="text-ink-soft">
            {data?.address ?? address}
          </Copyable>
        </>
      }
      actions={
        <>
          <Button
            icon={<Tag aria-hidden="true" size={14} />}
            onClick={() => openLabelDialog({ network, address: data?.address ?? address })}
          >
            Label…
          </Button>
          <FindBox network={network} />
        </>
      }
    >
      {error ? (
        <InsideProblem error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <>
          {data.stopped && <StoppedNotice network={network} missing="balance and nonce" />}
          {data.missing && <ErrorNotice tone="warn" message={data.missing} />}
          <AddressFacts detail={data} />
          <AddressTransactions network={network} address={data.address} />
        </>
      ) : (
        <Skeleton rows={4} />
      )}
    </Page>
  );
}

function kindOf({ codeSize, implementation, delegates }: AddressDetail): string {
  if (delegates) return 'delegated account';
  if (implementation) return 'proxy';
  if (codeSize === null) return 'not known';
  return codeSize > 0 ? 'contract' : 'account';
}

function AddressFacts({ detail }: { detail: AddressDetail }) {
  const { network, balance, nonce, codeSize, contract, label } = detail;
  const hasNonce = nonce !== null || !(detail.stopped || detail.missing);
  const { implementation, deployment, creation } = detail;
  return (
    <Facts>
      {balance !== null && <Fact name="Balance">{exactEther(balance)}</Fact>}
      {hasNonce && <Fact name="Nonce">{nonce === null ? UNCOUNTED_NONCE : count(nonce)}</Fact>}
      {codeSize !== null && (
        <Fact name="Code">{codeSize === 0 ? 'none' : `${count(codeSize)} bytes`}</Fact>
      )}
      {codeSize !== null && codeSize > 0 && (
        <Fact name="Contract">
          <Link
            href={contractPath(network, detail.address)}
            className="text-accent hover:underline"
          >
            {contract ?? 'no artifact matches its code'}
          </Link>
        </Fact>
      )}
      {label !== null && label !== contract && <Fact name="Label">{label}</Fact>}
      {implementation && (
        <Fact name={detail.delegates ? 'Delegates to' : 'Implementation'}>
          <AddressLink network={network} of={implementation} />{' '}
          {(implementation.label ?? implementation.contract) !== null && (
            <span className="pl-5">
              <AddressLink network={network} of={implementation} bare />
            </span>
          )}
        </Fact>
      )}
      {creation && (
        <Fact name="Created in">
          <HexLink
            href={transactionPath(network, creation)}
            value={creation}
            what="transaction hash"
          >
            {shortHex(creation)}
          </HexLink>
        </Fact>
      )}
      {deployment && (
        <Fact name="Created by">
          <Link
            href={deploymentPath(deployment.id)}
            title={deployment.title}
            className="text-accent nums hover:underline"
          >
            {deployment.project.name} #{deployment.number}
          </Link>
        </Fact>
      )}
    </Facts>
  );
}
