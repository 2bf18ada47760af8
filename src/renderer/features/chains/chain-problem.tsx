import type { Chain } from '#main/features/chains/contract.ts';
import { openChainSettings } from '../../core/chains/settings-dialog.ts';
import { isUp } from '../../core/words/chain-words.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { ChainActions } from './use-chain-actions.tsx';

/** The chain's problem, what it waits for, or how to start it. */
export function ChainProblem({ chain, actions }: { chain: Chain; actions: ChainActions }) {
  if (chain.preparing !== null) {
    return (
      <div
        role="status"
        className="rounded-lg border border-line bg-ground px-3 py-2.5 text-sm text-ink-dim"
      >
        <p className="flex items-center gap-2">
          <Spinner size={13} />
          Making ready what {chain.name} needs
        </p>
        <p className="mt-1 h-4 truncate font-mono text-2xs" title={chain.preparing}>
          {chain.preparing}
        </p>
      </div>
    );
  }
  const start = (
    <Button
      size="sm"
      variant={chain.problem ? 'default' : 'primary'}
      busy={actions.busy === 'start'}
      onClick={() => actions.start()}
    >
      Start {chain.name}
    </Button>
  );
  const restart = chain.status !== 'running' && (
    <Button size="sm" busy={actions.busy === 'restart'} onClick={() => actions.restart()}>
      Restart {chain.name}
    </Button>
  );
  if (chain.problem) {
    return <ErrorNotice message={chain.problem}>{chain.status === 'stopped' && start}</ErrorNotice>;
  }
  if (chain.note) return <ErrorNotice message={chain.note}>{restart}</ErrorNotice>;
  if (isUp(chain)) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 rounded-lg border border-line bg-ground px-3 py-2.5 text-sm text-ink-dim">
      <span>
        {chain.savedAt === null ? 'Not started yet.' : 'Stopped; goes on where it was saved.'}
      </span>
      <span className="flex gap-1.5">
        {chain.savedAt === null && (
          <Button size="sm" onClick={() => openChainSettings(chain.name)}>
            Settings…
          </Button>
        )}
        {start}
      </span>
    </div>
  );
}
