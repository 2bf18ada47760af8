import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect } from 'react';
import { Slot } from '../core/feature/slot.tsx';
import { useInView } from '../core/in-view.ts';
import { CloseCommands } from '../ui/command-item.tsx';
import { setPalette, usePalette } from './palette-state.ts';

const close = () => setPalette(false);

/** Every action, found by typing. ⌘K or Ctrl+K opens it, from a field too. */
export function CommandPalette() {
  const open = usePalette((state) => state.open);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      if (event.altKey || event.shiftKey) return;
      event.preventDefault();
      setPalette(!usePalette.getState().open);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setPalette}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label="Command palette"
          className="fixed top-[9vh] left-1/2 z-40 w-[min(620px,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-panel shadow-pop outline-none"
        >
          <CloseCommands value={close}>
            <PaletteList />
          </CloseCommands>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList() {
  const view = useInView();
  return (
    <Command label="Commands" loop>
      <div className="flex h-11 items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden="true" size={15} className="shrink-0 text-ink-dim" />
        <Command.Input
          autoFocus
          placeholder="Search projects, contracts, runs, commands"
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-dim"
        />
      </div>
      <Command.List className="max-h-[min(26rem,60vh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-sm text-ink-dim">
          Nothing is called that.
        </Command.Empty>
        <Slot name="commands" {...view} />
      </Command.List>
    </Command>
  );
}
