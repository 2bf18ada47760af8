import { Dialog } from '@base-ui/react/dialog';
import { PaletteBox } from './palette/palette-box.tsx';
import { paletteLook } from './palette-look.ts';
import { setPalette } from './palette-state.ts';

/** Every page, thing and action, found by typing. */
export function CommandPalette({ open }: { open: boolean }) {
  return (
    <Dialog.Root open={open} onOpenChange={setPalette}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup aria-label="Command palette" className={paletteLook}>
          <PaletteBox />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
