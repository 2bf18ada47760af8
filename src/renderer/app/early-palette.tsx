import { Search } from 'lucide-react';
import { laterPart } from '../ui/lazy-part.tsx';
import { paletteFieldLook, paletteLook } from './palette-look.ts';
import { setPalette, takeFocus, typeInPalette, usePalette } from './palette-state.ts';

const CommandPalette = laterPart<{ open: boolean }>(
  async () => (await import('./command-palette.tsx')).CommandPalette,
  ({ open }) => open,
);

/** The palette, and until its code is there a field that takes what is typed meanwhile. */
export function EarlyPalette() {
  const { open, text, isReady } = usePalette();
  return (
    <>
      {open && !isReady && (
        <div className="fixed inset-0 z-40 bg-scrim">
          <div className={paletteLook}>
            <div className={paletteFieldLook.row}>
              <Search aria-hidden="true" size={15} className="shrink-0 text-ink-dim" />
              <input
                ref={takeFocus}
                aria-label="Search"
                placeholder={paletteFieldLook.placeholder}
                autoComplete="off"
                spellCheck={false}
                value={text}
                onChange={(event) => typeInPalette(event.target.value)}
                onKeyDown={(event) => event.key === 'Escape' && setPalette(false)}
                className={paletteFieldLook.input}
              />
            </div>
          </div>
        </div>
      )}
      <CommandPalette open={open} />
    </>
  );
}
