import { Tabs } from '@base-ui/react/tabs';
import { Container as ContainerIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { client } from '../../core/client.ts';
import { type ContainerLogOf, closeContainerLog } from '../../core/panel/container-log.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { LogBuffer, type LogLine } from '../../ui/terminal/log-buffer.ts';
import { LogTerminal } from '../../ui/terminal/log-terminal.tsx';

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

/** A container's output: its last lines, then new ones. */
export function ContainerLog({ of: { id, kind } }: { of: ContainerLogOf }) {
  const [buffer, setBuffer] = useState<LogBuffer | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const own = new LogBuffer();
    setBuffer(own);
    if (kind === 'workspace') own.push([note(0, ABOUT_WORKSPACES)]);
    void follow(id, own, abort.signal);
    return () => abort.abort();
  }, [id, kind]);
  return buffer && <LogTerminal key={id} buffer={buffer} label="Log of the container" />;
}

const ABOUT_WORKSPACES =
  'What runs in a workspace writes to the log of its deployment. Here is what the container itself writes, which is next to nothing.';

const note = (seq: number, text: string): LogLine => ({ seq, at: null, kind: 'own', text });

async function follow(container: string, buffer: LogBuffer, signal: AbortSignal): Promise<void> {
  let seq = 0;
  try {
    for await (const lines of await client.containers.logs({ container }, { signal })) {
      buffer.push(lines.map((text) => ({ seq: ++seq, at: null, kind: 'stdout', text })));
    }
    buffer.push([note(++seq, 'The container was removed.')]);
  } catch (error) {
    if (!signal.aborted) buffer.push([note(++seq, problemOf(error).message)]);
  }
}
