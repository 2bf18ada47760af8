import { ChevronDown, ChevronUp, Maximize2, Minimize2 } from 'lucide-react';
import { ariaKeys } from '../../core/keys/key-words.ts';
import { keys } from '../../core/keys/keys.ts';
import { toggleMaximised, toggleRoom, usePanelRoom } from '../../core/panel/panel-room.ts';
import { IconButton } from '../../ui/icon-button.tsx';

/** How much room the terminal panel takes. */
export function RoomButtons() {
  const room = usePanelRoom((state) => state.room);
  const isMaximised = room === 'maximised';
  const isCollapsed = room === 'collapsed';
  return (
    <>
      <IconButton
        label={isMaximised ? 'Restore the terminal' : 'Maximise the terminal'}
        aria-keyshortcuts={ariaKeys(keys.maximiseTerminal)}
        icon={isMaximised ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
        onClick={toggleMaximised}
      />
      <IconButton
        label={isCollapsed ? 'Show the terminal' : 'Hide the terminal'}
        aria-expanded={!isCollapsed}
        aria-keyshortcuts={ariaKeys(keys.terminal)}
        icon={isCollapsed ? <ChevronUp size={16} /> : <ChevronDown size={16} />}
        onClick={toggleRoom}
      />
    </>
  );
}
