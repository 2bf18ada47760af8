import { useFeatures } from '../../core/feature/features-context.ts';
import type { KeyCommand } from '../../core/keys/key-command.ts';
import { keyWords } from '../../core/keys/key-words.ts';
import { goKey, keys } from '../../core/keys/keys.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { closeSheet, useKeySheet } from './key-sheet-state.ts';

const groups = ['Anywhere', 'Project', 'Lists', 'Terminal', 'Go to', 'Transaction'] as const;

/** All keys, from where they are declared. */
export function KeySheet() {
  const open = useKeySheet((state) => state.open);
  return (
    <Dialog
      title="Keys"
      description="Letters do nothing while you type in a field or a terminal."
      open={open}
      onClose={closeSheet}
      wide
    >
      {open && <Sheet />}
    </Dialog>
  );
}

function Sheet() {
  const places = useFeatures().flatMap((feature) => feature.places ?? []);
  const all: KeyCommand[] = [
    ...Object.values(keys),
    ...places.flatMap(({ title, path }) => goKey(title, path) ?? []),
  ];
  return (
    <div className="columns-2 gap-8 max-md:columns-1">
      {groups.map((group) => (
        <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
          <h3 className="mb-1 text-xs font-semibold text-ink-dim">{group}</h3>
          <dl className="flex flex-col">
            {all
              .filter((one) => one.group === group)
              .map((one) => (
                <div key={one.id} className="flex min-h-[26px] items-center gap-2 text-sm">
                  <dt className="min-w-0 flex-1">
                    {one.title}
                    {one.when && <span className="text-xs text-ink-dim"> {one.when}</span>}
                  </dt>
                  <dd className="flex shrink-0 gap-1">
                    <span className="sr-only">{keyWords(one)}</span>
                    {keyWords(one)
                      .split(' ')
                      .map((part) => (
                        <Kbd key={part} quiet>
                          {part}
                        </Kbd>
                      ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
