import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { plain } from './format-line.ts';
import { registerHexLinks } from './hex-links.ts';
import type { LogBuffer } from './log-buffer.ts';
import { LogWriter } from './log-writer.ts';
import { rowOfLine } from './row-of-line.ts';
import { terminalTheme } from './terminal-theme.ts';

export interface LogTerminalHandle {
  /** Scrolls to a line and marks it. Returns false when it is no longer in the log. */
  jump(seq: number): boolean;
  find(text: string, direction: 'next' | 'previous'): boolean;
  clearFind(): void;
}

interface LogTerminalProps {
  buffer: LogBuffer;
  /** Its accessible name. */
  label: string;
  ref?: Ref<LogTerminalHandle>;
}

interface Parts {
  terminal: Terminal;
  search: SearchAddon;
  writer: LogWriter;
}

const scrollback = 50_000;

/**
 * A read-only terminal over a log buffer. The region carries `data-lines`, the number of written
 * lines, and its last line as text, because the screen itself is opaque to assistive tech.
 */
export function LogTerminal({ buffer, label, ref }: LogTerminalProps) {
  const region = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const spoken = useRef<HTMLParagraphElement>(null);
  const parts = useRef<Parts | null>(null);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const terminal = new Terminal({
      allowProposedApi: true,
      convertEol: false,
      cursorBlink: false,
      cursorInactiveStyle: 'none',
      disableStdin: true,
      fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
      fontSize: 12,
      lineHeight: 1.15,
      minimumContrastRatio: 4.5,
      scrollback,
      theme: terminalTheme(),
    });
    const fit = new FitAddon();
    const search = new SearchAddon();
    terminal.loadAddon(fit);
    terminal.loadAddon(search);
    terminal.open(element);
    registerHexLinks(terminal);
    // The region around it gets the focus instead: this one is hidden from assistive tech.
    if (terminal.textarea) terminal.textarea.tabIndex = -1;
    if (terminal.element) terminal.element.tabIndex = -1;
    terminal.attachCustomKeyEventHandler((event) => {
      // Copying is the only useful key of a read-only terminal; other keys go to the window.
      return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    });

    const fitNow = () => {
      if (element.clientHeight > 20 && element.clientWidth > 60) fit.fit();
    };
    fitNow();
    // Cells are measured with the available font; measured again once Drydock's is loaded.
    void document.fonts.load('12px "JetBrains Mono Variable"').then(() => {
      terminal.options.fontFamily = 'ui-monospace, monospace';
      terminal.options.fontFamily = '"JetBrains Mono Variable", ui-monospace, monospace';
      fitNow();
    });
    const resized = new ResizeObserver(fitNow);
    resized.observe(element);

    const themed = new MutationObserver(() => {
      terminal.options.theme = terminalTheme();
    });
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });

    let speaking: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      speaking = undefined;
      if (spoken.current) spoken.current.textContent = plain(buffer.last?.text ?? '');
    };
    const writer = new LogWriter(buffer, terminal, () => {
      if (region.current) region.current.dataset.lines = String(writer.written);
      speaking ??= setTimeout(speak, 500);
    });
    parts.current = { terminal, search, writer };

    return () => {
      parts.current = null;
      clearTimeout(speaking);
      writer.stop();
      resized.disconnect();
      themed.disconnect();
      terminal.dispose();
    };
  }, [buffer]);

  useImperativeHandle(
    ref,
    () => ({
      jump(seq) {
        if (!parts.current) return false;
        const { terminal, writer } = parts.current;
        const index = buffer.indexOf(seq);
        if (index < 0 || index >= writer.written) return false;
        const row = rowOfLine(terminal.buffer.active, writer.written - 1 - index);
        if (row < 0) return false;
        terminal.scrollToLine(Math.max(0, row - Math.floor(terminal.rows / 3)));
        terminal.select(0, row, terminal.cols);
        return true;
      },
      find(text, direction) {
        if (!parts.current) return false;
        const { search } = parts.current;
        return direction === 'next' ? search.findNext(text) : search.findPrevious(text);
      },
      clearFind() {
        parts.current?.search.clearDecorations();
        parts.current?.terminal.clearSelection();
      },
    }),
    [buffer],
  );

  const scroll = (event: KeyboardEvent<HTMLElement>) => {
    const terminal = parts.current?.terminal;
    if (!terminal || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'PageUp') terminal.scrollPages(-1);
    else if (event.key === 'PageDown') terminal.scrollPages(1);
    else if (event.key === 'ArrowUp') terminal.scrollLines(-1);
    else if (event.key === 'ArrowDown') terminal.scrollLines(1);
    else if (event.key === 'Home') terminal.scrollToTop();
    else if (event.key === 'End') terminal.scrollToBottom();
    else return;
    event.preventDefault();
  };

  return (
    <section
      ref={region}
      aria-label={label}
      data-lines={0}
      data-selectable
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
      tabIndex={0}
      onKeyDown={scroll}
      className="relative h-full min-h-0 overflow-hidden bg-sunken"
    >
      <div ref={host} aria-hidden="true" className="absolute inset-y-2 right-1 left-4" />
      <p ref={spoken} aria-live="polite" className="sr-only" />
    </section>
  );
}
