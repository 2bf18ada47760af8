import { useEffect, useRef } from 'react';
import { type LogTab, useLogTabs } from '../../../core/panel/log-tabs.ts';
import { LogTerminal, type LogTerminalHandle } from '../../../ui/terminal/log-terminal.tsx';
import { jumpWhenThere } from './jump-when-there.ts';
import { LogSearch } from './log-search.tsx';
import { useFollower } from './use-run.ts';

/** A run's log. */
export function RunLog({ tab, searching }: { tab: LogTab; searching: boolean }) {
  const follower = useFollower(tab.id);
  const terminal = useRef<LogTerminalHandle>(null);
  const jump = useLogTabs((state) => state.jump);

  useEffect(() => {
    // An earlier request is not repeated when the tab is opened again.
    if (!follower || jump?.id !== tab.id || Date.now() - jump.asked > 5000) return;
    return jumpWhenThere(terminal, jump.seq);
  }, [follower, jump, tab.id]);

  if (!follower) return null;
  return (
    <>
      {searching && <LogSearch terminal={terminal} />}
      <LogTerminal key={tab.id} ref={terminal} buffer={follower.log} label="Log" />
    </>
  );
}
