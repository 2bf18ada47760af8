import { Tabs } from '@base-ui/react/tabs';
import { Download, Rocket, X } from 'lucide-react';
import { useCommands } from '../../../core/commands/use-commands.ts';
import { type LogTab, useLogTabs } from '../../../core/panel/log-tabs.ts';
import { cx } from '../../../ui/cx.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { downloadLog } from './download-log.ts';

/** The tab of a run's log in the terminal panel. */
export function LogTabButton({ tab, value }: { tab: LogTab; value: string }) {
  const { close } = useLogTabs.getState();
  return (
    <Tabs.Tab
      value={value}
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

/** Actions on a run's log. */
export function LogTools({ tab }: { tab: LogTab }) {
  const { close } = useLogTabs.getState();
  const { busy, run } = useCommands();
  return (
    <>
      <IconButton
        label="Download the log as text"
        busy={busy !== null}
        icon={<Download size={15} />}
        onClick={() => run('download', () => downloadLog(tab))}
      />
      <IconButton label="Close this log" icon={<X size={15} />} onClick={() => close(tab.id)} />
    </>
  );
}
