import { Tabs } from '@base-ui/react/tabs';
import { ChevronDown, ChevronUp, Plus, Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useInView } from '../core/in-view.ts';
import {
  closeContainerLog,
  putContainerLogBehind,
  showContainerLog,
  useContainerLog,
} from '../core/panel/container-log.ts';
import { type LogTab, useLogTabs } from '../core/panel/log-tabs.ts';
import { useProjects } from '../core/queries/use-projects.ts';
import { ContainerLogTab } from '../features/containers/container-log-tab.tsx';
import { LogTabButton, LogTools } from '../features/deployments/log/run-log-tab.tsx';
import { showShell, useShell } from '../features/terminals/shell-state.ts';
import { ShellTab } from '../features/terminals/shell-tab.tsx';
import { useShells } from '../features/terminals/use-shells.ts';
import { useTerminals } from '../features/terminals/use-terminals.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import { useTerminalKeys } from './terminal-keys.ts';
import { useSearching } from './use-searching.ts';

const ContainerLog = lazyPart(
  async () => (await import('../features/containers/container-log.tsx')).ContainerLog,
);
const RunLog = lazyPart(
  async () => (await import('../features/deployments/log/run-log.tsx')).RunLog,
);
const ShellView = lazyPart(
  async () => (await import('../features/terminals/shell-view.tsx')).ShellView,
);

export interface BottomPanelProps {
  collapsed: boolean;
  onToggle(): void;
  onExpand(): void;
}

const logValue = (tab: LogTab) => `log ${tab.id}`;
const shellValue = (id: string) => `shell ${id}`;
const containerValue = (id: string) => `container ${id}`;

const panelLook = 'flex min-h-0 flex-1 flex-col -outline-offset-2';

/** The terminal panel: logs of runs, of a container, and shells, one tab each. */
export function BottomPanel({ collapsed, onToggle, onExpand }: BottomPanelProps) {
  const { tabs, active, asked, jump, activate } = useLogTabs();
  const shells = useTerminals().data ?? [];
  const shellId = useShell((state) => state.active);
  const { busy, open, close } = useShells();
  const root = useRef<HTMLDivElement>(null);

  const inView = useInView().project;
  const first = useProjects().data?.[0];
  const project = inView ?? first;

  const container = useContainerLog();
  const inFront = container.front ? container.of : null;
  const shell = inFront ? null : (shells.find(({ id }) => id === shellId) ?? null);
  const log = inFront || shell ? null : (tabs.find(({ id }) => id === active) ?? null);
  const value = inFront
    ? containerValue(inFront.id)
    : shell
      ? shellValue(shell.id)
      : log
        ? logValue(log)
        : null;
  const searching = useSearching(value, onExpand);
  const focus = useTerminalKeys({ find: value === null ? null : searching.open });

  useEffect(() => {
    // A requested log comes to the front.
    if (asked > 0) showShell(null);
    if (asked > 0) putContainerLogBehind();
  }, [asked]);
  useEffect(() => {
    // A requested shell too.
    if (shellId !== null) putContainerLogBehind();
  }, [shellId]);
  useEffect(() => {
    if (inFront) onExpand();
  }, [inFront, onExpand]);
  useEffect(() => {
    if (jump) onExpand();
  }, [jump, onExpand]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the tab in front is another
  useEffect(() => {
    const tab = root.current?.querySelector('[role="tab"][data-active]');
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [value]);

  const select = (wanted: string) => {
    if (container.of && containerValue(container.of.id) === wanted) {
      showContainerLog(container.of);
      return;
    }
    putContainerLogBehind();
    const tab = tabs.find((one) => logValue(one) === wanted);
    if (tab) activate(tab.id);
    else showShell(shells.find(({ id }) => shellValue(id) === wanted)?.id ?? null);
  };

  return (
    <Tabs.Root
      ref={root}
      value={value}
      onValueChange={select}
      render={<section aria-label="Terminal" />}
      {...focus}
      className="flex h-full min-h-0 flex-col bg-sunken"
    >
      <div className="flex h-[34px] shrink-0 items-center gap-1 border-y border-line bg-panel px-2">
        <div className="flex h-full min-w-0 flex-1 items-center gap-1">
          <Tabs.List
            aria-label="Logs and shells"
            className="scroll-fade flex h-full min-w-0 overflow-x-auto [scrollbar-width:none]"
          >
            {tabs.map((tab) => (
              <LogTabButton key={tab.id} tab={tab} value={logValue(tab)} />
            ))}
            {shells.map((one) => (
              <ShellTab key={one.id} terminal={one} value={shellValue(one.id)} />
            ))}
            {container.of && (
              <ContainerLogTab of={container.of} value={containerValue(container.of.id)} />
            )}
          </Tabs.List>
          {project && (
            <IconButton
              label={`Open a shell in ${project.name}`}
              busy={busy}
              icon={<Plus size={15} />}
              onClick={() => {
                onExpand();
                void open(project.id);
              }}
            />
          )}
        </div>
        {value !== null && (
          <IconButton
            label={`Search in the ${shell ? 'shell' : 'log'}`}
            aria-pressed={searching.asked > 0}
            icon={<Search size={15} />}
            onClick={searching.asked > 0 ? searching.close : searching.open}
          />
        )}
        {log && <LogTools tab={log} />}
        {inFront && (
          <IconButton label="Close this log" icon={<X size={15} />} onClick={closeContainerLog} />
        )}
        {shell && (
          <IconButton
            label="Close this shell"
            icon={<X size={15} />}
            onClick={() => void close(shell.id)}
          />
        )}
        <IconButton
          label={collapsed ? 'Show the terminal' : 'Hide the terminal'}
          aria-expanded={!collapsed}
          icon={collapsed ? <ChevronUp size={16} /> : <ChevronDown size={16} />}
          onClick={onToggle}
        />
      </div>
      {log && (
        <Tabs.Panel key={log.id} value={logValue(log)} className={panelLook}>
          <RunLog tab={log} searching={searching} />
        </Tabs.Panel>
      )}
      {shell && (
        <Tabs.Panel key={shell.id} value={shellValue(shell.id)} className={panelLook}>
          <ShellView
            terminal={shell}
            searching={searching}
            onLeave={() =>
              root.current?.querySelector<HTMLElement>('[role="tab"][data-active]')?.focus()
            }
          />
        </Tabs.Panel>
      )}
      {inFront && (
        <Tabs.Panel key={inFront.id} value={containerValue(inFront.id)} className={panelLook}>
          <ContainerLog of={inFront} searching={searching} />
        </Tabs.Panel>
      )}
      {!log && !shell && !inFront && (
        <p className="px-5 py-4 text-sm text-ink-dim">
          The log of a deployment appears here, line by line, as it runs.
        </p>
      )}
    </Tabs.Root>
  );
}
