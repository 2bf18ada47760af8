import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  type GroupProps,
  type PanelImperativeHandle,
  useDefaultLayout,
} from 'react-resizable-panels';
import { useLocation } from 'wouter';
import { setRoom, usePanelRoom } from '../../core/panel/panel-room.ts';
import { useIsNarrow } from '../narrow.ts';
import { usePanelEmpty } from './use-panel-empty.ts';

/** Of the panel's bar, px. */
export const barHeight = 34;

/** Of the terminal where the window is narrow, and mostly low as well. */
const narrowHeight = 126;
const wideHeight = '36%';

/** The height of the terminal panel, which is dragged, and follows what room it is to take. */
export function usePanelSize() {
  const [log, setLog] = useState<PanelImperativeHandle | null>(null);
  const room = usePanelRoom((state) => state.room);
  const isEmpty = usePanelEmpty();
  const isFolded = isEmpty || room === 'collapsed';
  // Each width class has a height of its own, which is remembered.
  const narrow = useIsNarrow();
  const wasNarrow = useRef(narrow);
  const layout = useDefaultLayout({
    id: narrow ? 'drydock.workspace.narrow' : 'drydock.workspace',
    storage: localStorage,
  });
  useLayoutEffect(() => {
    if (!log || isFolded === log.isCollapsed()) return;
    if (isFolded) log.collapse();
    else log.expand();
  }, [log, isFolded]);
  useEffect(() => {
    if (!log || wasNarrow.current === narrow) return;
    wasNarrow.current = narrow;
    if (!log.isCollapsed()) log.resize(narrow ? narrowHeight : wideHeight);
  }, [log, narrow]);
  useRestoreForPages();

  const changed: GroupProps['onLayoutChanged'] = (sizes, meta) => {
    if (log?.isCollapsed()) {
      if (meta.isUserInteraction) setRoom('collapsed');
      return;
    }
    if (meta.isUserInteraction) setRoom('open');
    layout.onLayoutChanged(sizes, meta);
  };
  return {
    isEmpty,
    isMaximised: room === 'maximised' && !isEmpty,
    group: { defaultLayout: layout.defaultLayout, onLayoutChanged: changed },
    panel: {
      panelRef: setLog,
      defaultSize: narrow ? narrowHeight : wideHeight,
      minSize: narrow ? 96 : 130,
      onResize: ({ inPixels }: { inPixels: number }) =>
        document.documentElement.style.setProperty('--terminal', `${inPixels}px`),
    },
  };
}

/** Another page is to be seen, and so is the page beside a panel that has lost its last tab. */
function useRestoreForPages(): void {
  const [location] = useLocation();
  const isEmpty = usePanelEmpty();
  const seen = useRef(location);
  useEffect(() => {
    const isOther = seen.current !== location;
    seen.current = location;
    const { room } = usePanelRoom.getState();
    if (room === 'maximised' && (isOther || isEmpty)) setRoom('open');
  }, [location, isEmpty]);
}
