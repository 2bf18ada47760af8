import { Tabs } from '@base-ui/react/tabs';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import { keys } from '../../core/keys/keys.ts';
import { useKey } from '../../core/keys/use-key.ts';
import { openRoom, toggleMaximised } from '../../core/panel/panel-room.ts';
import { changeTabs } from '../../core/panel/panel-store.ts';
import type { TabKey } from '../../core/panel/panel-tab.ts';
import { focusedOn, frontOf, type Half, selected } from '../../core/panel/panel-tabs.ts';
import { cx } from '../../ui/cx.ts';
import { HalfTools } from './half-tools.tsx';
import { OpenShell } from './open-shell.tsx';
import { TabBar } from './tab-bar.tsx';
import { TabContent } from './tab-content.tsx';
import { useTerminalKeys } from './terminal-keys.ts';
import { useSearching } from './use-searching.ts';
import { useTabActions } from './use-tab-actions.tsx';

interface PanelHalfProps {
  half: Half;
  index: number;
  /** Accessible name of its tabs. */
  label: string;
  collapsed: boolean;
  onClosing(): void;
  /** At the right end of its bar. */
  children: ReactNode;
}

/** One side of the terminal panel: its tabs, and what the one in front shows. */
export function PanelHalf(props: PanelHalfProps) {
  const { half, index, label, collapsed, onClosing, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const actionsOf = useTabActions();
  const front = frontOf(half);
  const actions = front && actionsOf(front);
  const searching = useSearching(half.active, openRoom);
  const { hasFocus, ...focus } = useTerminalKeys({ find: front ? searching.open : null });
  const enabled = hasFocus && front !== undefined;
  const on = (action: { disabled: boolean; onSelect(): void } | undefined) => () => {
    if (action && !action.disabled) action.onSelect();
  };
  useKey(keys.splitTab, on(actions?.split), { enabled });
  useKey(keys.pinTab, on(actions?.pin), { enabled });
  useKey(keys.closeEnded, on(actions?.closeEnded), { enabled });

  const maximise = (event: MouseEvent) => {
    const isEmptyPlace = event.target instanceof Element && !event.target.closest('button, input');
    if (isEmptyPlace && front) toggleMaximised();
  };
  return (
    <Tabs.Root
      ref={root}
      value={half.active}
      onValueChange={(key: TabKey) => changeTabs(selected, key)}
      {...focus}
      onFocus={() => {
        focus.onFocus();
        changeTabs(focusedOn, index);
      }}
      className="flex h-full min-h-0 flex-col"
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same */}
      <div
        className="flex h-[34px] shrink-0 items-center gap-1 border-y border-line bg-panel px-2"
        onDoubleClick={maximise}
      >
        <TabBar half={half} label={label} actionsOf={actionsOf} onClosing={onClosing}>
          <OpenShell />
        </TabBar>
        {front && actions && <HalfTools tab={front} actions={actions} searching={searching} />}
        {children}
      </div>
      {front && (
        <Tabs.Panel
          key={half.active}
          value={half.active}
          // A terminal of no height would show its scroll bar over the bar.
          className={cx('flex min-h-0 flex-1 flex-col -outline-offset-2', collapsed && 'invisible')}
        >
          <TabContent
            tab={front}
            searching={searching}
            onLeave={() =>
              root.current?.querySelector<HTMLElement>('[role="tab"][data-active]')?.focus()
            }
          />
        </Tabs.Panel>
      )}
    </Tabs.Root>
  );
}
