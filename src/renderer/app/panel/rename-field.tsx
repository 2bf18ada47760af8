import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { changeTabs } from '../../core/panel/panel-store.ts';
import { keyOf, type PanelTab, tabWords } from '../../core/panel/panel-tab.ts';
import { renamed } from '../../core/panel/panel-tabs.ts';
import { cx } from '../../ui/cx.ts';
import { inputLook } from '../../ui/field.tsx';
import { stopRenaming } from './renaming.ts';

/** Over the tab that is renamed: a list of tabs holds nothing but tabs. */
export function RenameField({ tab, bar }: { tab: PanelTab; bar: RefObject<HTMLElement | null> }) {
  const key = keyOf(tab);
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const [place, setPlace] = useState({ left: 0, width: 0 });
  const button = () => bar.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);

  // biome-ignore lint/correctness/useExhaustiveDependencies: where the tab is when it begins
  useLayoutEffect(() => {
    const around = bar.current?.getBoundingClientRect();
    const own = button()?.getBoundingClientRect();
    if (around && own) setPlace({ left: own.left - around.left, width: own.width });
    field.current?.focus();
    field.current?.select();
  }, [key]);

  const end = (name: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    if (name !== null) changeTabs(renamed, key, name);
    stopRenaming();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter' ? event.currentTarget.value : null);
    button()?.focus();
  };
  return (
    <input
      ref={field}
      type="text"
      aria-label={`Name of the tab ${tabWords(tab).title}`}
      defaultValue={tab.name ?? ''}
      placeholder={tabWords({ ...tab, name: undefined }).title}
      maxLength={60}
      spellCheck={false}
      autoComplete="off"
      onKeyDown={press}
      onBlur={(event) => end(event.currentTarget.value)}
      style={{ ...place, top: 3, height: 26 }}
      className={cx(inputLook, 'absolute z-10')}
    />
  );
}
