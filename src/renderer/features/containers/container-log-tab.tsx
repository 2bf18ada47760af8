import { Tabs } from '@base-ui/react/tabs';
import { Container as ContainerIcon } from 'lucide-react';
import { type ContainerLogOf, closeContainerLog } from '../../core/panel/container-log.ts';

/** The tab of a container's log in the terminal panel. */
export function ContainerLogTab({ of, value }: { of: ContainerLogOf; value: string }) {
  return (
    <Tabs.Tab
      value={value}
      title="Delete or a middle click closes it"
      onAuxClick={(event) => {
        if (event.button === 1) closeContainerLog();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Delete') closeContainerLog();
      }}
      className="flex h-full shrink-0 items-center gap-2 rounded-t-md px-3 text-sm text-ink-dim -outline-offset-2 hover:text-ink data-active:bg-raised data-active:text-ink"
    >
      <ContainerIcon aria-hidden="true" size={14} />
      Container
      <span className="max-w-28 truncate text-xs text-ink-dim">{of.title}</span>
    </Tabs.Tab>
  );
}
