import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { RefObject } from 'react';
import { Slot } from '../core/feature/slot.tsx';
import { Button } from '../ui/button.tsx';

interface ChainDialogProps {
  target: string;
  open: boolean;
  onChange(open: boolean): void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** The target of the open page, over it. */
export function ChainDialog({ target, open, onChange, finalFocus }: ChainDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup
          aria-label={`Chain ${target}`}
          finalFocus={finalFocus}
          className="fixed top-10 right-0 bottom-[26px] z-30 w-[min(300px,100vw)] overflow-y-auto border-l border-line bg-panel p-3.5 pt-9 shadow-pop outline-none"
        >
          <Dialog.Close
            render={<Button variant="ghost" size="sm" aria-label="Hide the chain" />}
            className="absolute top-1.5 right-1.5"
          >
            <X aria-hidden="true" size={15} />
          </Dialog.Close>
          <Slot name="target.panel" target={target} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
