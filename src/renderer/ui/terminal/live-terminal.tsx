import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { useEffect, useRef } from 'react';
import { terminalTheme } from './terminal-theme.ts';

interface LiveTerminalProps {
  /** Its accessible name. */
  label: string;
  /** Called with the screen once it has its size. Returns a function that releases it. */
  connect(screen: Terminal): () => void;
  /** Shift+Esc: leaves the terminal by keyboard, because every other key belongs to the program. */
  onLeave(): void;
}

const family = '"JetBrains Mono Variable", ui-monospace, monospace';

const theme = () => {
  const colours = terminalTheme();
  return { ...colours, cursor: colours.foreground, cursorAccent: colours.background };
};

/** A terminal to type into. The region carries `data-rows` and `data-columns`, its size. */
export function LiveTerminal({ label, connect, onLeave }: LiveTerminalProps) {
  const region = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const leave = useRef(onLeave);
  leave.current = onLeave;

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const screen = new Terminal({
      cursorBlink: false,
      fontFamily: family,
      fontSize: 12,
      lineHeight: 1.15,
      minimumContrastRatio: 4.5,
      scrollback: 10_000,
      theme: theme(),
    });
    const fit = new FitAddon();
    screen.loadAddon(fit);
    screen.open(element);
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

    const fitNow = () => {
      if (element.clientHeight > 20 && element.clientWidth > 60) fit.fit();
      if (region.current) {
        region.current.dataset.rows = String(screen.rows);
        region.current.dataset.columns = String(screen.cols);
      }
    };
    fitNow();
    let disconnect: (() => void) | undefined;
    let gone = false;
    // Cells are measured with the available font; measured again once Drydock's is loaded.
    void document.fonts
      .load(`12px ${family}`)
      .catch(() => undefined)
      .then(() => {
        if (gone) return;
        screen.options.fontFamily = 'ui-monospace, monospace';
        screen.options.fontFamily = family;
        fitNow();
        disconnect = connect(screen);
        // A tab that was reached by keyboard keeps the focus.
        if (!document.activeElement?.matches('[role="tab"]:focus-visible')) screen.focus();
      });
    const resized = new ResizeObserver(fitNow);
    resized.observe(element);
    const themed = new MutationObserver(() => {
      screen.options.theme = theme();
    });
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });

    // Letters typed here are not shortcuts of the window.
    const keep = (event: KeyboardEvent) => {
      if (!event.metaKey) event.stopPropagation();
    };
    element.addEventListener('keydown', keep);

    return () => {
      gone = true;
      element.removeEventListener('keydown', keep);
      resized.disconnect();
      themed.disconnect();
      disconnect?.();
      screen.dispose();
    };
  }, [connect, label]);

  return (
    <section
      ref={region}
      aria-label={label}
      data-selectable
      className="relative h-full min-h-0 flex-1 overflow-hidden bg-sunken"
    >
      <div ref={host} className="absolute inset-y-2 right-1 left-4" />
    </section>
  );
}
