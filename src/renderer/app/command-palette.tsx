import { Dialog } from '@base-ui/react/dialog';
import { PaletteBox } from './palette/palette-box.tsx';
import { setPalette, usePalette } from './palette-state.ts';

/** Every page, thing and action, found by typing. */
export function CommandPalette() {
  const open = usePalette((state) => state.open);
  return (
    <Dialog.Root open={open} onOpenChange={setPalette}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label="Command palette"
          className="fixed top-[9vh] left-1/2 z-40 w-[min(620px,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-panel shadow-pop outline-none"
        >
          <PaletteBox />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
