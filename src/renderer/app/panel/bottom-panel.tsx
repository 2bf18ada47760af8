import { keys } from '../../core/keys/keys.ts';
import { useKey } from '../../core/keys/use-key.ts';
import { toggleMaximised } from '../../core/panel/panel-room.ts';
import { OpenShell } from './open-shell.tsx';
import { PanelHalves } from './panel-halves.tsx';
import { usePanelEmpty } from './use-panel-empty.ts';
import { useReopen } from './use-reopen.ts';
import { useToggleTerminal } from './use-toggle-terminal.ts';

/** The terminal panel: logs of runs, of containers, and shells. */
export function BottomPanel() {
  const isEmpty = usePanelEmpty();
  const { reopen } = useReopen();
  useKey(keys.terminal, useToggleTerminal());
  useKey(keys.maximiseTerminal, toggleMaximised, { enabled: !isEmpty });
  useKey(keys.reopenTab, reopen);
  return (
    <section aria-label="Terminal" className="flex h-full min-h-0 flex-col bg-sunken">
      {isEmpty ? <EmptyBar /> : <PanelHalves />}
    </section>
  );
}

function EmptyBar() {
  return (
    <div className="flex h-[34px] shrink-0 items-center gap-1 border-y border-line bg-panel pr-2 pl-3.5 text-xs text-ink-dim">
      <span className="min-w-0 truncate">Logs of deployments and shells appear here.</span>
      <OpenShell />
    </div>
  );
}
