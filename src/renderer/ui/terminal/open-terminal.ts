import { FitAddon } from '@xterm/addon-fit';
import { type ITerminalOptions, type ITheme, Terminal } from '@xterm/xterm';
import { useTerminalFont } from './terminal-font.ts';
import { terminalTheme } from './terminal-theme.ts';

const family = '"JetBrains Mono Variable", ui-monospace, monospace';

interface OpenOptions {
  options: ITerminalOptions;
  /** Its colours, where they differ from those of other terminals. */
  theme?: () => ITheme;
  /** Called whenever it may have another size. */
  onFit?: (terminal: Terminal) => void;
}

export interface OpenedTerminal {
  terminal: Terminal;
  /** Once its cells are measured with Drydock's font. */
  measured: Promise<void>;
  dispose(): void;
}

/** Opens a terminal in an element. It follows the element's size, the theme and the size of text. */
export function openTerminal(
  element: HTMLElement,
  { options, theme = terminalTheme, onFit }: OpenOptions,
): OpenedTerminal {
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: false,
    fontFamily: family,
    fontSize: useTerminalFont.getState().size,
    lineHeight: 1.15,
    minimumContrastRatio: 4.5,
    theme: theme(),
    ...options,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(element);
  let isGone = false;
  const fitNow = () => {
    if (element.clientHeight > 20 && element.clientWidth > 60) fit.fit();
    onFit?.(terminal);
  };
  fitNow();
  // Cells are measured with the available font; measured again once Drydock's is loaded.
  const measured = document.fonts
    .load(`12px ${family}`)
    .catch(() => undefined)
    .then(() => {
      if (isGone) return;
      terminal.options.fontFamily = 'ui-monospace, monospace';
      terminal.options.fontFamily = family;
      fitNow();
    });
  const resized = new ResizeObserver(fitNow);
  resized.observe(element);
  const themed = new MutationObserver(() => {
    terminal.options.theme = theme();
  });
  themed.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] });
  const unsubscribe = useTerminalFont.subscribe(({ size }) => {
    terminal.options.fontSize = size;
    fitNow();
  });
  return {
    terminal,
    measured,
    dispose() {
      isGone = true;
      unsubscribe();
      resized.disconnect();
      themed.disconnect();
      terminal.dispose();
    },
  };
}
