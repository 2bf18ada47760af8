import type { Terminal } from '@xterm/xterm';
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { copyText } from '../copy-text.ts';
import type { MenuItem } from '../menu-items.ts';
import { plain } from './format-line.ts';
import type { LogBuffer } from './log-buffer.ts';
import { LogWriter } from './log-writer.ts';
import { openTerminal } from './open-terminal.ts';
import { rowOfLine } from './row-of-line.ts';
import { selectedWithoutTimes } from './selected-text.ts';
import { type Searching, TerminalFrame } from './terminal-frame.tsx';
import { copiesHex, type LinkTargets, registerLinks } from './terminal-links.ts';

export interface LogTerminalHandle {
  /** Scrolls to a line and marks it. Returns false when it is no longer in the log. */
  jump(seq: number): boolean;
}

interface LogTerminalProps {
  buffer: LogBuffer;
  /** Its accessible name. */
  label: string;
  searching?: Searching;
  links?: LinkTargets;
  ref?: Ref<LogTerminalHandle>;
}

interface Parts {
  terminal: Terminal;
  writer: LogWriter;
}

const options = {
  convertEol: false,
  cursorInactiveStyle: 'none',
  disableStdin: true,
  scrollback: 50_000,
} as const;

/** Whether lines have their times in front. */
const hasTimes = ({ last }: LogBuffer): boolean => last !== undefined && last.at !== null;

const selected = (terminal: Terminal, buffer: LogBuffer): string =>
  hasTimes(buffer) ? selectedWithoutTimes(terminal) : terminal.getSelection();

/**
 * A read-only terminal over a log buffer. The region carries `data-lines`, the number of written
 * lines, and its last line as text, because the screen itself is opaque to assistive tech.
 */
export function LogTerminal({
  buffer,
  label,
  searching,
  links = copiesHex,
  ref,
}: LogTerminalProps) {
  const region = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const spoken = useRef<HTMLParagraphElement>(null);
  const [parts, setParts] = useState<Parts | null>(null);
  const latestLinks = useRef(links);
  latestLinks.current = links;

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const { terminal, dispose } = openTerminal(element, { options });
    registerLinks(terminal, () => latestLinks.current);
    // The region around it gets the focus instead: this one is hidden from assistive tech.
    if (terminal.textarea) terminal.textarea.tabIndex = -1;
    if (terminal.element) terminal.element.tabIndex = -1;
    // It takes no key: the browser copies, and other keys go to the window.
    terminal.attachCustomKeyEventHandler(() => false);
    // Before the terminal copies all that it shows.
    const copy = (event: ClipboardEvent) => {
      if (!terminal.hasSelection()) return;
      event.clipboardData?.setData('text/plain', selected(terminal, buffer));
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener('copy', copy, true);

    let speaking: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      speaking = undefined;
      if (spoken.current) spoken.current.textContent = plain(buffer.last?.text ?? '');
    };
    const writer = new LogWriter(buffer, terminal, () => {
      if (region.current) region.current.dataset.lines = String(writer.written);
      speaking ??= setTimeout(speak, 500);
    });
    setParts({ terminal, writer });

    return () => {
      setParts(null);
      clearTimeout(speaking);
      writer.stop();
      element.removeEventListener('copy', copy, true);
      dispose();
    };
  }, [buffer]);

  useImperativeHandle(
    ref,
    () => ({
      jump(seq) {
        if (!parts) return false;
        const { terminal, writer } = parts;
        const index = buffer.indexOf(seq);
        if (index < 0 || index >= writer.written) return false;
        const row = rowOfLine(terminal.buffer.active, writer.written - 1 - index);
        if (row < 0) return false;
        terminal.scrollToLine(Math.max(0, row - Math.floor(terminal.rows / 3)));
        terminal.select(0, row, terminal.cols);
        return true;
      },
    }),
    [buffer, parts],
  );

  const scroll = (event: KeyboardEvent<HTMLElement>) => {
    if (!parts || event.ctrlKey || event.metaKey || event.altKey) return;
    const { terminal } = parts;
    if (event.key === 'PageUp') terminal.scrollPages(-1);
    else if (event.key === 'PageDown') terminal.scrollPages(1);
    else if (event.key === 'ArrowUp') terminal.scrollLines(-1);
    else if (event.key === 'ArrowDown') terminal.scrollLines(1);
    else if (event.key === 'Home') terminal.scrollToTop();
    else if (event.key === 'End') terminal.scrollToBottom();
    else return;
    event.preventDefault();
  };

  const copyItems = (terminal: Terminal): MenuItem[] => {
    const disabled = !terminal.hasSelection();
    const copy = (text: string) => void copyText(text, 'text of the log', { isLong: true });
    const plainly = {
      label: 'Copy',
      disabled,
      onSelect: () => copy(selected(terminal, buffer)),
    };
    if (!hasTimes(buffer)) return [plainly];
    const withTimes = () => copy(terminal.getSelection());
    return [plainly, { label: 'Copy with times', disabled, onSelect: withTimes }];
  };

  return (
    <TerminalFrame
      terminal={parts?.terminal ?? null}
      what="log"
      searching={searching}
      copyItems={copyItems}
      onFocus={() => region.current?.focus()}
    >
      <section
        ref={region}
        aria-label={label}
        data-lines={0}
        data-selectable
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
        tabIndex={0}
        onKeyDown={scroll}
        className="relative min-h-0 flex-1 overflow-hidden bg-sunken"
      >
        <div ref={host} aria-hidden="true" className="absolute inset-y-2 right-1 left-4" />
        <p ref={spoken} aria-live="polite" className="sr-only" />
      </section>
    </TerminalFrame>
  );
}
