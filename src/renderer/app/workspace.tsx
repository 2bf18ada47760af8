import { useCallback, useEffect, useRef, useState } from 'react';
import {
  Group,
  Panel,
  type PanelImperativeHandle,
  Separator,
  useDefaultLayout,
} from 'react-resizable-panels';
import { useLocation } from 'wouter';
import { keys } from '../core/keys/keys.ts';
import { useKey } from '../core/keys/use-key.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { laterPart } from '../ui/lazy-part.tsx';
import type { BottomPanelProps } from './bottom-panel.tsx';
import { useIsNarrow } from './narrow.ts';
import { Routes } from './routes.tsx';
import { useTerminalEmpty } from './use-terminal-empty.ts';

interface TerminalProps extends BottomPanelProps {
  /** Whether it has nothing to show yet. */
  idle: boolean;
}

const Terminal = laterPart<TerminalProps>(
  async () => (await import('./bottom-panel.tsx')).BottomPanel,
  ({ idle }) => !idle,
);

const headerHeight = 34;

/** Of the terminal where the window is narrow, and mostly low as well. */
const narrowHeight = 126;
const wideHeight = '36%';

/** Pages that write to the terminal: it gets its room before its first line. */
const withTerminal = /^\/(projects|deployments)(\/|$)/;

/** The page above, the terminal below, with a movable divider. */
export function Workspace() {
  const [location] = useLocation();
  // The tabs of one project are one page.
  const page = location.split('/').slice(0, 3).join('/');
  const [log, setLog] = useState<PanelImperativeHandle | null>(null);
  const [collapsed, setCollapsed] = useState(false);
  // Each width class has a height of its own, which is remembered.
  const narrow = useIsNarrow();
  const wasNarrow = useRef(narrow);
  const layout = useDefaultLayout({
    id: narrow ? 'drydock.workspace.narrow' : 'drydock.workspace',
    storage: localStorage,
  });
  const expand = useCallback(() => {
    if (log?.isCollapsed()) log.expand();
  }, [log]);
  useEffect(() => {
    if (!log || wasNarrow.current === narrow) return;
    wasNarrow.current = narrow;
    if (!log.isCollapsed()) log.resize(narrow ? narrowHeight : wideHeight);
  }, [log, narrow]);
  const [byHand, setByHand] = useState(false);
  const toggle = () => {
    setByHand(true);
    if (log?.isCollapsed()) log.expand();
    else log?.collapse();
  };

  useKey(keys.terminal, toggle);

  const idle = useTerminalEmpty() && !withTerminal.test(location) && !byHand;
  const folded = useRef(false);
  useEffect(() => {
    if (!log || idle === folded.current) return;
    // A panel that the user has collapsed stays collapsed.
    if (idle && log.isCollapsed()) return;
    if (idle) {
      folded.current = true;
      log.collapse();
    } else {
      log.expand();
      folded.current = false;
    }
  }, [log, idle]);
  return (
    <main className="flex min-w-0 flex-1">
      <Group
        orientation="vertical"
        defaultLayout={layout.defaultLayout}
        onLayoutChanged={(...changed) => {
          if (!folded.current) layout.onLayoutChanged(...changed);
        }}
        className="min-w-0 flex-1"
      >
        <Panel id="page" minSize={180}>
          <div className="h-full min-h-0 overflow-hidden">
            <ErrorBoundary key={page}>
              <Routes />
            </ErrorBoundary>
          </div>
        </Panel>
        <Separator
          aria-label="Height of the terminal"
          className="h-[3px] shrink-0 bg-transparent outline-none hover:bg-accent/60 focus-visible:bg-accent data-[separator=active]:bg-accent"
        />
        <Panel
          id="log"
          panelRef={setLog}
          defaultSize={narrow ? narrowHeight : wideHeight}
          minSize={narrow ? 96 : 130}
          collapsible
          collapsedSize={headerHeight}
          groupResizeBehavior="preserve-pixel-size"
          onResize={({ inPixels }) => {
            setCollapsed(inPixels <= headerHeight + 1);
            document.documentElement.style.setProperty('--terminal', `${inPixels}px`);
          }}
        >
          <div className="relative h-full bg-sunken">
            <div
              aria-hidden="true"
              style={{ height: headerHeight }}
              className="absolute inset-x-0 top-0 border-y border-line bg-panel"
            />
            <div className="relative h-full">
              <Terminal idle={idle} collapsed={collapsed} onToggle={toggle} onExpand={expand} />
            </div>
          </div>
        </Panel>
      </Group>
    </main>
  );
}
