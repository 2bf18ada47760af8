import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useLocation } from 'wouter';
import type { BlockDetail } from '#main/features/explorer/contract/blocks.ts';
import { api } from '../../core/client.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { Crumbs } from '../../core/inside/crumbs.tsx';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { StoppedNotice } from '../../core/inside/stopped-notice.tsx';
import { blockPath } from '../../core/paths.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { count, gwei, plural, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BlockAge } from './block-age.tsx';
import { BlockTransactions } from './block-transactions.tsx';
import { FindBox } from './find-box.tsx';

/** One block with its transactions. `block`: its number, or its hash. */
export function BlockPage({ network, block }: { network: string; block: string }) {
  const [, navigate] = useLocation();
  const { data, error, refetch } = useQuery(
    api.explorer.block.queryOptions({ input: { network, block, limit: 1 }, staleTime: 0 }),
  );
  useFollowHead(network, (grew) =>
    grew && data && !error ? undefined : refetch({ cancelRefetch: false }),
  );
  const number = data?.number ?? (/^\d+$/.test(block) ? Number(block) : null);
  return (
    <Page
      title={number === null ? `Block ${shortHex(block)}` : `Block ${count(number)}`}
      about={
        <>
          <Crumbs network={network} />
          {data && <BlockAge at={data.timestamp} />}
          {data && <span>{plural(data.transactionCount, 'transaction')}</span>}
        </>
      }
      actions={
        <>
          {number !== null && (
            <>
              <IconButton
                label="The block before"
                icon={<ChevronLeft size={16} />}
                disabled={number === 0}
                onClick={() => navigate(blockPath(network, number - 1))}
              />
              <IconButton
                label="The next block"
                icon={<ChevronRight size={16} />}
                onClick={() => navigate(blockPath(network, number + 1))}
              />
            </>
          )}
          <FindBox network={network} />
        </>
      }
    >
      {error ? (
        <InsideProblem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : (
        <>
          {data.stopped && <StoppedNotice network={network} />}
          {data.missing && <ErrorNotice tone="warn" message={data.missing} />}
          <BlockFacts block={data} />
          <Section title="Transactions">
            {data.transactionCount > 0 ? (
              <BlockTransactions
                key={data.hash}
                network={network}
                hash={data.hash}
                count={data.transactionCount}
              />
            ) : (
              <p className="text-sm text-ink-dim">Nothing was sent in this block.</p>
            )}
          </Section>
        </>
      )}
    </Page>
  );
}

function BlockFacts({ block }: { block: BlockDetail }) {
  const { network, hash, parentHash, number, gasUsed, gasLimit, baseFee, miner } = block;
  return (
    <Facts>
      <Fact name="Hash">
        <Copyable value={hash} what="block hash">
          {hash}
        </Copyable>
      </Fact>
      <Fact name="Block before">
        {number === 0 ? (
          'none'
        ) : (
          <HexLink href={blockPath(network, number - 1)} value={parentHash} what="block hash">
            {shortHex(parentHash)}
          </HexLink>
        )}
      </Fact>
      <Fact name="Gas used">
        {count(gasUsed)} <span className="text-ink-dim">of {count(gasLimit)}</span>
      </Fact>
      <Fact name="Base fee">{baseFee === null ? '—' : gwei(baseFee)}</Fact>
      <Fact name="Fees to">
        <AddressLink network={network} of={{ address: miner, contract: null, label: null }} />
      </Fact>
    </Facts>
  );
}
