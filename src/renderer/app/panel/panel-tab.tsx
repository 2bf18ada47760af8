import { Tabs } from '@base-ui/react/tabs';
import { Container, Pin, Rocket, SquareTerminal, X } from 'lucide-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { isPress } from '../../core/keys/is-press.ts';
import { ariaKeys } from '../../core/keys/key-words.ts';
import { keys } from '../../core/keys/keys.ts';
import { openRoom } from '../../core/panel/panel-room.ts';
import { keyOf, type PanelTab, tabWords } from '../../core/panel/panel-tab.ts';
import { ContextMenu } from '../../ui/context-menu.tsx';
import { cx } from '../../ui/cx.ts';
import { narrowestTab, widestTab } from './folded-tabs.ts';
import type { TabActions } from './use-tab-actions.tsx';

const icons = { log: Rocket, shell: SquareTerminal, container: Container };

const tabKeys = [
  [keys.renameTab, 'rename'],
  [keys.closeTab, 'close'],
  [keys.closeOthers, 'closeOthers'],
] as const;

interface PanelTabButtonProps {
  tab: PanelTab;
  isActive: boolean;
  isEnded: boolean;
  actions: TabActions;
  /** Closed by a key: the focus goes on to the tab that comes to the front. */
  onClosing(): void;
}

/** One tab of the terminal panel. */
export function PanelTabButton(props: PanelTabButtonProps) {
  const { tab, isActive, isEnded, actions, onClosing } = props;
  const Icon = icons[tab.kind];
  const { title, place } = tabWords(tab);
  const hasExited = tab.kind === 'shell' && isEnded;
  const close = (event: MouseEvent) => {
    event.stopPropagation();
    actions.close.onSelect();
  };
  const press = (event: KeyboardEvent) => {
    const [, name] = tabKeys.find(([command]) => isPress(command, event.nativeEvent)) ?? [];
    if (!name) return;
    event.preventDefault();
    if (name !== 'rename') onClosing();
    if (!actions[name].disabled) actions[name].onSelect();
  };
  const button = (
    <Tabs.Tab
      value={keyOf(tab)}
      data-key={keyOf(tab)}
      title={`${title} · ${place}`}
      aria-keyshortcuts={tabKeys.map(([command]) => ariaKeys(command)).join(' ')}
      onClick={openRoom}
      onAuxClick={(event) => event.button === 1 && close(event)}
      onDoubleClick={() => actions.rename.onSelect()}
      onKeyDown={press}
      style={{ minWidth: isActive ? 0 : narrowestTab, maxWidth: widestTab }}
    />
  );
  return (
    <ContextMenu
      label={`Tab ${title}`}
      items={() => Object.values(actions).filter(({ disabled }) => !disabled)}
      render={button}
      className={cx(
        'group relative flex h-full items-center gap-2 rounded-t-md pr-1 pl-3 text-sm text-ink-dim -outline-offset-2 hover:text-ink data-active:bg-raised data-active:text-ink',
        // The one in front is the last to become narrower.
        !isActive && 'shrink-[1000]',
      )}
    >
      <Icon aria-hidden="true" size={14} className="shrink-0" />
      <span
        className={cx(
          'truncate nums',
          tab.name === undefined && 'shrink-0',
          tab.kind === 'log' && tab.passing && 'italic',
          hasExited && 'line-through',
        )}
      >
        {title}
      </span>
      <span className="min-w-0 flex-1 truncate text-left text-xs text-ink-dim">{place}</span>
      {tab.pinned && <Pin aria-hidden="true" size={11} className="shrink-0" />}
      {tab.pinned && <span className="sr-only">pinned</span>}
      {hasExited && <span className="sr-only">ended</span>}
      {/* For the pointer; the Delete key and the menu do the same. */}
      <span
        aria-hidden="true"
        data-close
        onClick={close}
        onDoubleClick={(event) => event.stopPropagation()}
        className={cx(
          'grid size-6 shrink-0 place-items-center rounded hover:bg-hover',
          !isActive && 'invisible group-hover:visible group-focus-visible:visible',
        )}
      >
        <X size={13} />
      </span>
    </ContextMenu>
  );
}
