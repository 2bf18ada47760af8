import { Tabs } from '@base-ui/react/tabs';
import { SquareTerminal } from 'lucide-react';
import type { Terminal } from '#main/features/terminals/contract.ts';
import { useShells } from './use-shells.ts';

/** The tab of a shell in the terminal panel. */
export function ShellTab({ terminal, value }: { terminal: Terminal; value: string }) {
  const { close } = useShells();
  const { id, number, project, exit } = terminal;
  return (
    <Tabs.Tab
      value={value}
      title="Delete or a middle click closes it"
      onAuxClick={(event) => {
        if (event.button === 1) void close(id);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Delete') void close(id);
      }}
      className="flex h-full shrink-0 items-center gap-2 rounded-t-md px-3 text-sm text-ink-dim -outline-offset-2 hover:text-ink data-active:bg-raised data-active:text-ink"
    >
      <SquareTerminal aria-hidden="true" size={14} />
      <span className={exit ? 'line-through' : undefined}>
        shell{number > 1 ? ` ${number}` : ''}
      </span>
      {exit && <span className="sr-only">ended</span>}
      <span className="max-w-28 truncate text-xs text-ink-dim">{project.name}</span>
    </Tabs.Tab>
  );
}
