import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../../core/client.ts';
import { useLogJump } from '../../../core/panel/log-jump.ts';
import type { LogTab } from '../../../core/panel/panel-tab.ts';
import { useLinkTargets } from '../../../core/panel/use-link-targets.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { LogTerminal, type LogTerminalHandle } from '../../../ui/terminal/log-terminal.tsx';
import type { Searching } from '../../../ui/terminal/terminal-frame.tsx';
import { jumpWhenThere } from './jump-when-there.ts';
import { useFollower } from './use-run.ts';

/** A run's log. */
export function RunLog({ tab, searching }: { tab: LogTab; searching: Searching }) {
  const follower = useFollower(tab.id);
  const { data: run, error } = useQuery(
    api.deployments.get.queryOptions({ input: { id: tab.id } }),
  );
  const links = useLinkTargets(run?.project.id, run?.target);
  const terminal = useRef<LogTerminalHandle>(null);
  const jump = useLogJump((state) => state.jump);

  useEffect(() => {
    // An earlier request is not repeated when the tab is opened again.
    if (!follower || jump?.id !== tab.id || Date.now() - jump.asked > 5000) return;
    return jumpWhenThere(terminal, jump.seq);
  }, [follower, jump, tab.id]);

  if (error && !run) {
    return (
      <div className="p-4">
        <ProblemNotice error={error} />
      </div>
    );
  }
  if (!follower) return null;
  return (
    <LogTerminal
      key={tab.id}
      ref={terminal}
      buffer={follower.log}
      label="Log"
      searching={searching}
      links={links}
    />
  );
}
