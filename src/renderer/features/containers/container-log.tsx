import { useEffect, useState } from 'react';
import { client } from '../../core/client.ts';
import type { ContainerTab } from '../../core/panel/panel-tab.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { LogBuffer, type LogLine } from '../../ui/terminal/log-buffer.ts';
import { LogTerminal } from '../../ui/terminal/log-terminal.tsx';
import type { Searching } from '../../ui/terminal/terminal-frame.tsx';

interface ContainerLogProps {
  tab: ContainerTab;
  searching: Searching;
}

/** A container's output: its last lines, then new ones. */
export function ContainerLog({ tab: { id, of }, searching }: ContainerLogProps) {
  const [buffer, setBuffer] = useState<LogBuffer | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const own = new LogBuffer();
    setBuffer(own);
    if (of === 'workspace') own.push([note(0, ABOUT_WORKSPACES)]);
    void follow(id, own, abort.signal);
    return () => abort.abort();
  }, [id, of]);
  return (
    buffer && (
      <LogTerminal key={id} buffer={buffer} label="Log of the container" searching={searching} />
    )
  );
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
