import type { Terminal } from '@xterm/xterm';
import { type ReactNode, useRef } from 'react';
import { ContextMenu } from '../context-menu.tsx';
import type { MenuItem } from '../menu-items.ts';
import { JumpToEnd } from './jump-to-end.tsx';
import { SearchBar } from './search/search-bar.tsx';

/** Whether a terminal is searched, which its owner knows. */
export interface Searching {
  /** How often it was asked for; 0: it is not searched. */
  asked: number;
  open(): void;
  close(): void;
}

interface TerminalFrameProps {
  /** null: not there yet. */
  terminal: Terminal | null;
  what: 'log' | 'shell';
  /** Missing: it has no search. */
  searching?: Searching | undefined;
  /** What the context menu copies. */
  copyItems(terminal: Terminal): MenuItem[];
  /** Further items. */
  moreItems?(terminal: Terminal): MenuItem[];
  /** Gives the terminal the focus. */
  onFocus(): void;
  children: ReactNode;
}

/** What all terminals have around them: search, context menu, and the way back to the end. */
export function TerminalFrame(props: TerminalFrameProps) {
  const { terminal, what, searching, copyItems, moreItems, onFocus, children } = props;
  const bar = useRef<HTMLDivElement>(null);
  const items = (): MenuItem[] => {
    if (!terminal) return [];
    return [
      ...copyItems(terminal),
      { label: 'Select all', onSelect: () => terminal.selectAll() },
      ...(searching ? [{ label: 'Find…', onSelect: searching.open }] : []),
      ...(moreItems?.(terminal) ?? []),
      { label: 'Jump to the end', onSelect: () => terminal.scrollToBottom() },
    ];
  };
  return (
    // As high as what it is in, whether that lays it out or not.
    <div className="flex h-full min-h-0 flex-1 flex-col">
      {searching && searching.asked > 0 && terminal && (
        <div ref={bar} className="shrink-0">
          <SearchBar
            terminal={terminal}
            what={what}
            asked={searching.asked}
            onClose={searching.close}
            onFocus={onFocus}
          />
        </div>
      )}
      <ContextMenu
        label={what === 'log' ? 'Log' : 'Shell'}
        items={items}
        onClosed={() => {
          if (!bar.current?.contains(document.activeElement)) onFocus();
        }}
        className="relative flex min-h-0 flex-1 flex-col"
      >
        {children}
        {terminal && <JumpToEnd terminal={terminal} />}
      </ContextMenu>
    </div>
  );
}
