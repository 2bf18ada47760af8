import type { Chain } from '#main/features/chains/contract.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { isUp } from '../../core/words/chain-words.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { count } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { useUpstream } from './fork/use-upstream.ts';
import { askAnew } from './settings/anew-state.ts';

/** What a fork forks, where it began, and how far that is behind by now. */
export function ForkSection({ chain }: { chain: Chain }) {
  const { name, forkUrl, forkBlock } = chain;
  const headers = useNetworks().data?.find((one) => one.name === name)?.headers ?? [];
  // One that does not run reaches nothing by itself.
  const { data: upstream, error, isFetching, refetch } = useUpstream(name, isUp(chain));
  return (
    <Section
      title="Fork"
      aside={
        forkBlock !== null && (
          <Button
            size="sm"
            onClick={() => askAnew({ chain: name, input: { forkBlock: 'latest' } })}
          >
            Re-fork at the newest block…
          </Button>
        )
      }
    >
      <Facts>
        <Fact name="Forked from">{forkUrl ?? '—'}</Fact>
        <Fact name="Newest block there">
          {upstream ? (
            <>
              {count(upstream.newest)}, <RelativeTime at={upstream.newestTime * 1000} />
            </>
          ) : (
            <Button variant="link" busy={isFetching} onClick={() => void refetch()}>
              Ask its node
            </Button>
          )}
        </Fact>
        <Fact name="Begins at block">
          {forkBlock === null ? 'not started yet' : count(forkBlock)}
        </Fact>
        <Fact name="Behind">
          {upstream && forkBlock !== null ? behind(upstream.newest - forkBlock) : '—'}
        </Fact>
        {headers.length > 0 && (
          <Fact name="Request headers">
            <span className="font-mono text-xs">{headers.join(', ')}</span>
          </Fact>
        )}
      </Facts>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
    </Section>
  );
}

const behind = (blocks: number): string =>
  blocks > 0 ? `${count(blocks)} ${blocks === 1 ? 'block' : 'blocks'}` : 'at the newest block';
