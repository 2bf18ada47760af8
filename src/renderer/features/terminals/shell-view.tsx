import type { Terminal as Screen } from '@xterm/xterm';
import { useCallback, useState } from 'react';
import type { Terminal } from '#main/features/terminals/contract.ts';
import { useLinkTargets } from '../../core/panel/use-link-targets.ts';
import { useTarget } from '../../core/queries/use-target.ts';
import { Button } from '../../ui/button.tsx';
import { LiveTerminal } from '../../ui/terminal/live-terminal.tsx';
import type { Searching } from '../../ui/terminal/terminal-frame.tsx';
import { type ShellEnd, ShellLink } from './shell-link.ts';
import { useShells } from './use-shells.ts';

/** Sizes are sent once dragging pauses. */
const RESIZE_PAUSE_MS = 60;

function endWords(end: ShellEnd): string {
  if (end === 'closed') return 'This shell was closed.';
  if (end.signal) return `The shell was ended by ${end.signal}.`;
  return `The shell ended with exit code ${end.code ?? 'unknown'}.`;
}

interface ShellViewProps {
  terminal: Terminal;
  searching: Searching;
  onLeave(): void;
}

/** A shell: its screen, and how it ended. */
export function ShellView({ terminal, searching, onLeave }: ShellViewProps) {
  const { id, project } = terminal;
  const links = useLinkTargets(project.id, useTarget(project.id)?.name);
  const [end, setEnd] = useState<ShellEnd | null>(null);
  const { busy, open, close } = useShells();

  const connect = useCallback(
    (screen: Screen) => {
      const link = new ShellLink(id, screen, setEnd);
      link.resize(screen.cols, screen.rows);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const typed = screen.onData((text) => link.type(text));
      const sized = screen.onResize(({ cols, rows }) => {
        clearTimeout(timer);
        timer = setTimeout(() => link.resize(cols, rows), RESIZE_PAUSE_MS);
      });
      return () => {
        clearTimeout(timer);
        typed.dispose();
        sized.dispose();
        link.close();
      };
    },
    [id],
  );

  return (
    <>
      <LiveTerminal
        label={`Shell in ${project.name}`}
        connect={connect}
        onLeave={onLeave}
        searching={searching}
        links={links}
      />
      {end && (
        <div
          role="status"
          className="flex shrink-0 items-center gap-3 border-t border-line bg-panel px-4 py-1.5 text-sm text-ink-soft"
        >
          <span className="min-w-0 flex-1 truncate">{endWords(end)}</span>
          <Button
            size="sm"
            busy={busy}
            onClick={async () => {
              await open(project.id);
              if (end !== 'closed') await close(id);
            }}
          >
            New shell
          </Button>
          {end !== 'closed' && (
            <Button size="sm" variant="ghost" onClick={() => void close(id)}>
              Close
            </Button>
          )}
        </div>
      )}
    </>
  );
}
