import { byDefault } from '#main/features/chains/contract.ts';
import { openChainSettings } from '../../core/chains/settings-dialog.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useChain } from '../../core/queries/use-chains.ts';
import { chainTone, chainWord } from '../../core/words/chain-words.ts';
import { useNetworkLabel } from '../../core/words/network-label.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { bytes, count } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { ChainControls } from './chain-header.tsx';
import { ChainProblem } from './chain-problem.tsx';
import { ChainStats } from './chain-stats.tsx';
import { ChainTools } from './chain-tools.tsx';
import { ChainControlsSection } from './controls/chain-controls.tsx';
import { PendingList } from './controls/pending-list.tsx';
import { ForkSection } from './fork-section.tsx';
import { ChainMnemonic } from './settings/chain-mnemonic.tsx';
import { SnapshotButtons } from './snapshots/snapshot-buttons.tsx';
import { SnapshotTimeline } from './snapshots/snapshot-timeline.tsx';
import { useChainActions } from './use-chain-actions.tsx';

const engines = { process: 'Processes', docker: 'Docker' };

/** One chain on a page of its own. */
export function ChainPage({ name }: { name: string }) {
  const { data: chain, error, refetch } = useChain(name);
  const actions = useChainActions(name);
  const label = useNetworkLabel(name);
  if (error && !chain) {
    return (
      <Page title={name}>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!chain) {
    return (
      <Page title={name}>
        <Skeleton rows={6} />
      </Page>
    );
  }
  return (
    <Page
      title={label}
      about={
        <>
          <StateDot tone={chainTone(chain)} />
          {chain.problem ? 'ended' : chainWord(chain)}
          <Badge>{chain.kind}</Badge>
          {label !== chain.name && <span className="font-mono">{chain.name}</span>}
          <span className="nums">chain id {chain.chainId}</span>
        </>
      }
      actions={
        <>
          <SnapshotButtons chain={chain.name} actions={actions} />
          <ChainControls chain={chain} actions={actions} />
        </>
      }
    >
      <ChainProblem chain={chain} actions={actions} />
      <ChainStats chain={chain} />
      <ChainTools chain={chain} actions={actions} />
      {chain.kind === 'fork' && <ForkSection chain={chain} />}
      <ChainControlsSection chain={chain} />
      <PendingList chain={chain} actions={actions} />
      <div className="grid gap-6 @3xl:grid-cols-2">
        <SnapshotTimeline chain={chain} actions={actions} />
        <Slot name="chain.sections" chain={chain} />
      </div>
      <Slot name="chain.page" chain={chain} />
      <Section
        title="About this chain"
        aside={
          <Button size="sm" onClick={() => openChainSettings(chain.name)}>
            Settings…
          </Button>
        }
      >
        <Facts>
          <Fact name="RPC URL">
            {chain.rpcUrl ? (
              <Copyable value={chain.rpcUrl} what="RPC URL">
                {chain.rpcUrl}
              </Copyable>
            ) : (
              'given at the first start'
            )}
          </Fact>
          <Fact name="Engine">
            {engines[chain.engine]}
            {chain.ownEngine ? ', chosen for this chain' : ', as the settings say'}
          </Fact>
          <Fact name="Accounts">
            {chain.creation.accounts ?? byDefault.accounts}, with{' '}
            {count(chain.creation.balance ?? byDefault.balance)} ETH each at first
          </Fact>
          <Fact name="Their keys">
            <ChainMnemonic
              key={chain.startedAt}
              chain={chain.name}
              isOwn={chain.creation.ownMnemonic}
            />
          </Fact>
          {chain.codeSizeLimit !== null && (
            <Fact name="Code size">up to {bytes(chain.codeSizeLimit)} a contract</Fact>
          )}
          {chain.container ? (
            <Fact name="Container">
              <Copyable value={chain.container} what="id">
                {chain.container.slice(0, 12)}
              </Copyable>
            </Fact>
          ) : (
            <Fact name="Process">{chain.pid ?? '—'}</Fact>
          )}
          <Fact name="Started">
            {chain.startedAt ? <RelativeTime at={chain.startedAt} /> : '—'}
          </Fact>
          <Fact name="Saved">{chain.savedAt ? <RelativeTime at={chain.savedAt} /> : 'never'}</Fact>
          <Fact name="On disk">{bytes(chain.diskBytes)}</Fact>
        </Facts>
      </Section>
    </Page>
  );
}
