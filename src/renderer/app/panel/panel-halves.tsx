import { Fragment, useEffect, useRef } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { usePanelRoom } from '../../core/panel/panel-room.ts';
import { usePanelTabs } from '../../core/panel/panel-store.ts';
import { PanelHalf } from './panel-half.tsx';
import { RoomButtons } from './room-buttons.tsx';

const ids = ['left', 'right'];

/** Both sides of the panel, with a movable divider, or the only one. */
export function PanelHalves() {
  const halves = usePanelTabs((state) => state.halves);
  const focused = usePanelTabs((state) => state.focused);
  const collapsed = usePanelRoom(({ room }) => room === 'collapsed');
  const root = useRef<HTMLDivElement>(null);
  const isClosing = useRef(false);
  const panelIds = ids.slice(0, halves.length);
  const layout = useDefaultLayout({
    ...{ id: 'drydock.terminal', panelIds, storage: localStorage },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a tab was closed
  useEffect(() => {
    if (!isClosing.current) return;
    isClosing.current = false;
    const fronts = root.current?.querySelectorAll<HTMLElement>('[role="tab"][data-active]');
    fronts?.[focused]?.focus();
  }, [halves]);

  return (
    <Group
      elementRef={root}
      orientation="horizontal"
      defaultLayout={layout.defaultLayout}
      onLayoutChanged={layout.onLayoutChanged}
      className="min-h-0 flex-1"
    >
      {halves.map((half, index) => (
        <Fragment key={ids[index]}>
          {index > 0 && (
            <Separator
              aria-label="Width of the left half"
              className="w-[3px] shrink-0 bg-line outline-none hover:bg-accent/60 focus-visible:bg-accent data-[separator=active]:bg-accent"
            />
          )}
          <Panel id={ids[index]} minSize={240}>
            <PanelHalf
              half={half}
              index={index}
              label={index === 0 ? 'Logs and shells' : 'Logs and shells on the right'}
              collapsed={collapsed}
              onClosing={() => {
                isClosing.current = true;
              }}
            >
              {index === halves.length - 1 && <RoomButtons />}
            </PanelHalf>
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
