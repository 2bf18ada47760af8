import { ChevronDown, ChevronUp, Download, Rocket, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { LogTerminal, type LogTerminalHandle } from '../../ui/terminal/log-terminal.tsx';
import { useAction } from '../app/use-action.ts';
import { downloadLog } from './download-log.ts';
import { jumpWhenThere } from './jump-when-there.ts';
import { LogSearch } from './log-search.tsx';
import { type LogTab, useLogTabs } from './log-tabs.ts';
import { useFollower } from './use-run.ts';

function TabButton({ tab, active }: { tab: LogTab; active: boolean }) {
  const { activate, close } = useLogTabs.getState();
  return (
    <div
      className={cx(
        'group flex h-full shrink-0 items-center rounded-t-md',
        active ? 'bg-raised text-ink' : 'text-ink-dim hover:text-ink',
      )}
    >
      <button
        type="button"
        role="tab"
        id={`log-tab-${tab.id}`}
        aria-selected={active}
        aria-controls="log-tabpanel"
        tabIndex={active ? 0 : -1}
        onClick={() => activate(tab.id)}
        className="flex h-full items-center gap-2 pr-1 pl-3 text-sm"
      >
        <Rocket aria-hidden="true" size={14} />
        <span className={cx('nums', tab.passing && 'italic')}>Deploy #{tab.number}</span>
        <span className="max-w-28 truncate text-xs text-ink-dim">{tab.project}</span>
      </button>
      <button
        type="button"
        aria-label={`Close log #${tab.number}`}
        tabIndex={active ? 0 : -1}
        onClick={() => close(tab.id)}
        className={cx(
          'mr-1.5 rounded-sm p-0.5 text-ink-dim hover:bg-hover hover:text-ink focus-visible:opacity-100 group-hover:opacity-100',
          !active && 'opacity-0',
        )}
      >
        <X aria-hidden="true" size={12} />
      </button>
    </div>
  );
}

function RunLog({ tab, searching }: { tab: LogTab; searching: boolean }) {
  const follower = useFollower(tab.id);
  const terminal = useRef<LogTerminalHandle>(null);
  const jump = useLogTabs((state) => state.jump);

  useEffect(() => {
    if (!follower || !jump || Date.now() - jump.asked > 5000) return;
    return jumpWhenThere(terminal, jump.seq);
  }, [follower, jump]);

  if (!follower) return null;
  return (
    <>
      {searching && <LogSearch terminal={terminal} />}
      <LogTerminal key={tab.id} ref={terminal} buffer={follower.log} label="Log" />
    </>
  );
}

interface LogPanelProps {
  collapsed: boolean;
  onToggle(): void;
  onExpand(): void;
}

/** The terminal panel: the logs of the runs that were opened, one tab each. */
export function LogPanel({ collapsed, onToggle, onExpand }: LogPanelProps) {
  const { tabs, active, jump } = useLogTabs();
  const [searching, setSearching] = useState(false);
  const { busy, run } = useAction();
  const tab = tabs.find(({ id }) => id === active) ?? null;

  useEffect(() => {
    if (jump) onExpand();
  }, [jump, onExpand]);

  return (
    <section aria-label="Terminal" className="flex h-full min-h-0 flex-col bg-sunken">
      <div className="flex h-[34px] shrink-0 items-center gap-1 border-y border-line bg-panel pr-2 pl-2">
        <div
          role="tablist"
          aria-label="Logs"
          className="flex h-full min-w-0 flex-1 overflow-x-auto"
        >
          {tabs.map((one) => (
            <TabButton key={one.id} tab={one} active={one.id === active} />
          ))}
        </div>
        {tab && (
          <>
            <IconButton
              label="Search in the log"
              aria-pressed={searching}
              icon={<Search size={15} />}
              onClick={() => {
                onExpand();
                setSearching(!searching);
              }}
            />
            <IconButton
              label="Download the log as text"
              busy={busy !== null}
              icon={<Download size={15} />}
              onClick={() => run('download', () => downloadLog(tab))}
            />
          </>
        )}
        <IconButton
          label={collapsed ? 'Show the terminal' : 'Hide the terminal'}
          aria-expanded={!collapsed}
          icon={collapsed ? <ChevronUp size={16} /> : <ChevronDown size={16} />}
          onClick={onToggle}
        />
      </div>
      <div
        id="log-tabpanel"
        role="tabpanel"
        aria-labelledby={tab ? `log-tab-${tab.id}` : undefined}
        className="relative flex min-h-0 flex-1 flex-col"
      >
        {tab ? (
          <RunLog key={tab.id} tab={tab} searching={searching} />
        ) : (
          <p className="px-5 py-4 text-sm text-ink-dim">
            The log of a deployment appears here, line by line, as it runs.
          </p>
        )}
      </div>
    </section>
  );
}
