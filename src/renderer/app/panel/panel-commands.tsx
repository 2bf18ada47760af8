import { Maximize2, PanelBottom } from 'lucide-react';
import { keyWords } from '../../core/keys/key-words.ts';
import { keys } from '../../core/keys/keys.ts';
import { toggleMaximised, usePanelRoom } from '../../core/panel/panel-room.ts';
import { usePanelTabs } from '../../core/panel/panel-store.ts';
import { keyOf, tabWords } from '../../core/panel/panel-tab.ts';
import { activeTab } from '../../core/panel/panel-tabs.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { usePanelEmpty } from './use-panel-empty.ts';
import { useReopen } from './use-reopen.ts';
import { useTabActions } from './use-tab-actions.tsx';
import { useToggleTerminal } from './use-toggle-terminal.ts';

/** The palette's commands for the terminal panel and the tab in front. */
export function PanelCommands() {
  const toggle = useToggleTerminal();
  const isEmpty = usePanelEmpty();
  const isMaximised = usePanelRoom(({ room }) => room === 'maximised');
  const tab = usePanelTabs(activeTab);
  const actionsOf = useTabActions();
  const { canReopen, reopen } = useReopen();
  const words = tab && tabWords(tab);
  return (
    <CommandGroup title="Terminal">
      <CommandItem
        title="Show or hide the terminal"
        icon={<PanelBottom size={15} />}
        shortcut={keyWords(keys.terminal)}
        keywords={['panel', 'bottom', 'toggle', 'log']}
        onSelect={toggle}
      />
      {!isEmpty && (
        <CommandItem
          title={isMaximised ? 'Restore the terminal' : 'Maximise the terminal'}
          id="maximise"
          icon={<Maximize2 size={15} />}
          shortcut={keyWords(keys.maximiseTerminal)}
          keywords={['panel', 'full', 'toggle', 'log']}
          onSelect={toggleMaximised}
        />
      )}
      {tab &&
        Object.entries(actionsOf(tab)).map(
          ([name, { title, icon, command, disabled, onSelect }]) =>
            !disabled && (
              <CommandItem
                key={`${name} ${keyOf(tab)}`}
                id={`terminal ${name}`}
                title={title}
                icon={icon}
                detail={words && `${words.title} · ${words.place}`}
                shortcut={command && keyWords(command)}
                keywords={['terminal', 'log', 'shell']}
                onSelect={onSelect}
              />
            ),
        )}
      {!tab && canReopen && (
        <CommandItem
          title="Reopen the last closed tab"
          id="terminal reopen"
          icon={<PanelBottom size={15} />}
          shortcut={keyWords(keys.reopenTab)}
          keywords={['terminal', 'log', 'shell']}
          onSelect={reopen}
        />
      )}
    </CommandGroup>
  );
}
