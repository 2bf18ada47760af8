import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';

interface DialogProps {
  title: string;
  description?: ReactNode;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  wide?: boolean;
}

/** A modal dialog: Esc and a click outside close it, focus goes in and comes back. */
export function Dialog({ title, description, open, onClose, children, wide }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={cx(
            'fixed top-[14vh] left-1/2 z-40 max-h-[78vh] w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto rounded-xl border border-line-strong bg-panel p-5 shadow-pop outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0',
            wide ? 'max-w-2xl' : 'max-w-lg',
          )}
        >
          <div className="mb-4 flex items-start gap-4">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-0.5 text-sm text-ink-dim">
                  {description}
                </Base.Description>
              )}
            </div>
            {/* No tooltip: a dialog opened by a key would show it, and Esc would close only that. */}
            <Button variant="ghost" size="sm" aria-label="Close" onClick={onClose}>
              <X aria-hidden="true" size={15} />
            </Button>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div data-confirms="" className="mt-5 flex items-center justify-end gap-2">
      {children}
    </div>
  );
}
