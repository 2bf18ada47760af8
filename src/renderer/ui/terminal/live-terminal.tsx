import type { Terminal } from '@xterm/xterm';
import { useEffect, useRef, useState } from 'react';
import { copyText } from '../copy-text.ts';
import type { MenuItem } from '../menu-items.ts';
import { openTerminal } from './open-terminal.ts';
import { type Searching, TerminalFrame } from './terminal-frame.tsx';
import { copiesHex, type LinkTargets, registerLinks } from './terminal-links.ts';
import { terminalTheme } from './terminal-theme.ts';

interface LiveTerminalProps {
  /** Its accessible name. */
  label: string;
  /** Called with the screen once it has its size. Returns a function that releases it. */
  connect(screen: Terminal): () => void;
  /** Shift+Esc: leaves the terminal by keyboard, because every other key belongs to the program. */
  onLeave(): void;
  searching?: Searching;
  links?: LinkTargets;
}

const theme = () => {
  const colours = terminalTheme();
  return { ...colours, cursor: colours.foreground, cursorAccent: colours.background };
};

const copy = (terminal: Terminal) =>
  void copyText(terminal.getSelection(), 'text of the shell', { isLong: true });

const copyItems = (terminal: Terminal): MenuItem[] => [
  { label: 'Copy', disabled: !terminal.hasSelection(), onSelect: () => copy(terminal) },
];

const moreItems = (terminal: Terminal): MenuItem[] => [
  { label: 'Clear', onSelect: () => terminal.clear() },
];

/** A terminal to type into. The region carries `data-rows` and `data-columns`, its size. */
export function LiveTerminal(props: LiveTerminalProps) {
  const { label, connect, onLeave, searching, links = copiesHex } = props;
  const region = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [terminal, setTerminal] = useState<Terminal | null>(null);
  const leave = useRef(onLeave);
  leave.current = onLeave;
  const latestLinks = useRef(links);
  latestLinks.current = links;

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const opened = openTerminal(element, {
      options: { scrollback: 10_000 },
      theme,
      onFit: ({ rows, cols }) => {
        if (!region.current) return;
        region.current.dataset.rows = String(rows);
        region.current.dataset.columns = String(cols);
      },
    });
    const screen = opened.terminal;
    registerLinks(screen, () => latestLinks.current);
    screen.textarea?.setAttribute('aria-label', `${label}. Shift and Escape leave it.`);
    screen.attachCustomKeyEventHandler((event) => {
      if (event.type !== 'keydown') return true;
      if (event.key === 'Escape' && event.shiftKey) {
        leave.current();
        return false;
      }
      const combined = event.ctrlKey && event.shiftKey && !event.altKey;
      if (combined && event.key.toLowerCase() === 'c' && screen.hasSelection()) {
        event.preventDefault();
        void navigator.clipboard.writeText(screen.getSelection());
        return false;
      }
      // The browser pastes by itself.
      return !(combined && event.key.toLowerCase() === 'v');
    });

    let disconnect: (() => void) | undefined;
    let gone = false;
    void opened.measured.then(() => {
      if (gone) return;
      disconnect = connect(screen);
      // A tab that was reached by keyboard keeps the focus.
      if (!document.activeElement?.matches('[role="tab"]:focus-visible')) screen.focus();
    });

    // Letters typed here are not shortcuts of the window.
    const keep = (event: KeyboardEvent) => {
      if (!event.metaKey) event.stopPropagation();
    };
    element.addEventListener('keydown', keep);
    setTerminal(screen);

    return () => {
      setTerminal(null);
      gone = true;
      element.removeEventListener('keydown', keep);
      disconnect?.();
      opened.dispose();
    };
  }, [connect, label]);

  return (
    <TerminalFrame
      terminal={terminal}
      what="shell"
      searching={searching}
      copyItems={copyItems}
      moreItems={moreItems}
      onFocus={() => terminal?.focus()}
    >
      <section
        ref={region}
        aria-label={label}
        data-selectable
        className="relative min-h-0 flex-1 overflow-hidden bg-sunken"
      >
        <div ref={host} className="absolute inset-y-2 right-1 left-4" />
      </section>
    </TerminalFrame>
  );
}
