import { Search } from 'lucide-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  memo,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { Slot } from '../../core/feature/slot.tsx';
import { useInView } from '../../core/in-view.ts';
import { ask } from '../../core/questions/question.ts';
import {
  CommandList,
  type CommandRow,
  CommandsContext,
  CommandText,
} from '../../ui/command-list.ts';
import { copyText } from '../../ui/copy-text.ts';
import { plural } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { paletteFieldLook } from '../palette-look.ts';
import { setPalette, takeFocus, typeInPalette, usePalette } from '../palette-state.ts';
import { PaletteRows, rowId } from './palette-rows.tsx';
import { rankCommands } from './rank-commands.ts';
import { noteUsed, useUsedCommands } from './used-commands.ts';

const listId = 'palette-rows';
const PAGE_ROWS = 10;

/** The commands of all features: mounted, but not drawn. */
const Commands = memo(function Commands() {
  return <Slot name="commands" {...useInView()} />;
});

function run(row: CommandRow): void {
  setPalette(false);
  noteUsed(row.id);
  if (row.destroys && row.destroys !== 'asks itself') {
    const { question, text, confirm } = row.destroys;
    ask({ title: question, text, confirm, act: row.run });
  } else row.run();
}

/** Where keys move the selection to; null: it is no key of the list. */
function moved(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  if (key === 'ArrowDown') return at === last ? 0 : at + 1;
  if (key === 'ArrowUp') return at <= 0 ? last : at - 1;
  if (key === 'PageDown') return Math.min(last, at + PAGE_ROWS);
  if (key === 'PageUp') return Math.max(0, at - PAGE_ROWS);
  return null;
}

/** The field, and what it finds. */
export function PaletteBox() {
  const text = usePalette((state) => state.text);
  /** The row that was moved to; otherwise the first one is selected that takes nothing away. */
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useMemo(() => new CommandList(), []);
  const around = useMemo(() => ({ list, group: '' }), [list]);
  const all = useSyncExternalStore(list.listen, list.all);
  const used = useUsedCommands((state) => state.used);
  const rows = useMemo(() => rankCommands(all, text, used), [all, text, used]);
  const moveTo = rows.findIndex(({ key }) => key === chosen);
  const at = moveTo === -1 && !rows[0]?.destroys ? 0 : moveTo;
  const selected = rows[at];

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const next = moved(event.key, at, rows.length);
    if (next !== null) setChosen(rows[next]?.key ?? null);
    else if (event.key === 'Enter' && selected) run(selected);
    else if (selected?.copies && isCopy(event)) {
      setPalette(false);
      void copyText(selected.copies.text, selected.copies.what);
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <CommandText value={text}>
        <CommandsContext value={around}>
          <Commands />
        </CommandsContext>
      </CommandText>
      <div className={paletteFieldLook.row}>
        <Search aria-hidden="true" size={15} className="shrink-0 text-ink-dim" />
        <input
          role="combobox"
          aria-label="Search"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={selected && rowId(selected)}
          placeholder={paletteFieldLook.placeholder}
          autoComplete="off"
          spellCheck={false}
          ref={takeFocus}
          value={text}
          onFocus={takeKeys}
          onChange={(event) => {
            typeInPalette(event.target.value);
            setChosen(null);
          }}
          onKeyDown={press}
          className={paletteFieldLook.input}
        />
      </div>
      <PaletteRows id={listId} text={text} rows={rows} at={at} onPoint={setChosen} onRun={run} />
      {rows.length === 0 && all.length > 0 && (
        <p className="px-3 py-8 text-center text-sm text-ink-dim">Nothing is called that.</p>
      )}
      <p role="status" className="sr-only">
        {plural(rows.length, 'result')}
      </p>
      <div
        aria-hidden="true"
        className="flex h-8 items-center gap-4 border-t border-line px-4 text-2xs text-ink-dim"
      >
        <span className="flex items-center gap-1.5">
          <Kbd quiet>↵</Kbd> {selected?.goes ? 'open' : 'do it'}
        </span>
        {selected?.copies && (
          <span className="flex items-center gap-1.5">
            <Kbd quiet>{copyKey}</Kbd> copy {selected.copies.what}
          </span>
        )}
      </div>
    </>
  );
}

/** Goes on where the early field has left off. */
function takeKeys({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  if (usePalette.getState().isReady) return;
  usePalette.setState({ isReady: true });
  const { length } = currentTarget.value;
  currentTarget.setSelectionRange(length, length);
}

const copyKey = /Mac/.test(navigator.userAgent) ? '⌘C' : 'Ctrl C';

/** Copying what is marked in the field stays what it is. */
function isCopy({ key, ctrlKey, metaKey, currentTarget }: KeyboardEvent<HTMLInputElement>) {
  const isMarked = currentTarget.selectionStart !== currentTarget.selectionEnd;
  return key.toLowerCase() === 'c' && (ctrlKey || metaKey) && !isMarked;
}
