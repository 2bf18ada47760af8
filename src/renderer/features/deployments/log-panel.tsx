import { Tabs } from '@base-ui/react/tabs';
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

function LogTabButton({ tab }: { tab: LogTab }) {
  const { close } = useLogTabs.getState();
  return (
    <Tabs.Tab
      value={tab.id}
      title="Delete or a middle click closes it"
      onAuxClick={(event) => {
        if (event.button === 1) close(tab.id);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Delete') close(tab.id);
      }}
      className="flex h-full shrink-0 items-center gap-2 rounded-t-md px-3 text-sm text-ink-dim -outline-offset-2 hover:text-ink data-active:bg-raised data-active:text-ink"
    >
      <Rocket aria-hidden="true" size={14} />
      <span className={cx('nums', tab.passing && 'italic')}>Deploy #{tab.number}</span>
      <span className="max-w-28 truncate text-xs text-ink-dim">{tab.project}</span>
    </Tabs.Tab>
  );
}

function RunLog({ tab, searching }: { tab: LogTab; searching: boolean }) {
  const follower = useFollower(tab.id);
  const terminal = useRef<LogTerminalHandle>(null);
  const jump = useLogTabs((state) => state.jump);

  useEffect(() => {
    // An old wish is not repeated when the tab is opened again.
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

interface LogPanelProps {
  collapsed: boolean;
  onToggle(): void;
  onExpand(): void;
}

/** The terminal panel: the logs of the runs that were opened, one tab each. */
export function LogPanel({ collapsed, onToggle, onExpand }: LogPanelProps) {
  const { tabs, active, jump, activate, close } = useLogTabs();
  const [searchedId, setSearchedId] = useState<number | null>(null);
  const { busy, run } = useAction();
  const tab = tabs.find(({ id }) => id === active) ?? null;
  const searching = tab !== null && searchedId === tab.id;

  useEffect(() => {
    if (jump) onExpand();
  }, [jump, onExpand]);

  return (
    <Tabs.Root
      value={active}
      onValueChange={(id: number) => activate(id)}
      render={<section aria-label="Terminal" />}
      className="flex h-full min-h-0 flex-col bg-sunken"
    >
      <div className="flex h-[34px] shrink-0 items-center gap-1 border-y border-line bg-panel px-2">
        <Tabs.List aria-label="Logs" className="flex h-full min-w-0 flex-1 overflow-x-auto">
          {tabs.map((one) => (
            <LogTabButton key={one.id} tab={one} />
          ))}
        </Tabs.List>
        {tab && (
          <>
            <IconButton
              label="Search in the log"
              aria-pressed={searching}
              icon={<Search size={15} />}
              onClick={() => {
                onExpand();
                setSearchedId(searching ? null : tab.id);
              }}
            />
            <IconButton
              label="Download the log as text"
              busy={busy !== null}
              icon={<Download size={15} />}
              onClick={() => run('download', () => downloadLog(tab))}
            />
            <IconButton
              label="Close this log"
              icon={<X size={15} />}
              onClick={() => close(tab.id)}
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
      {tab ? (
        <Tabs.Panel
          key={tab.id}
          value={tab.id}
          className="flex min-h-0 flex-1 flex-col -outline-offset-2"
        >
          <RunLog tab={tab} searching={searching} />
        </Tabs.Panel>
      ) : (
        <p className="px-5 py-4 text-sm text-ink-dim">
          The log of a deployment appears here, line by line, as it runs.
        </p>
      )}
    </Tabs.Root>
  );
}
