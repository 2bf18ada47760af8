import type { Terminal } from '@xterm/xterm';
import { ArrowDown, ArrowUp, CaseSensitive, Regex, WholeWord, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { create } from 'zustand';
import { cx } from '../../cx.ts';
import { inputLook } from '../../field.tsx';
import { IconButton } from '../../icon-button.tsx';
import type { SearchQuery } from './search-pattern.ts';
import { type SearchState, TerminalSearch } from './terminal-search.ts';

/** What was looked for last, in whichever terminal. */
const useQuery = create<SearchQuery>()(() => ({
  ...{ text: '', matchCase: false, wholeWord: false, isRegex: false },
}));

const nothing: SearchState = { count: 0, index: -1, isValid: true, isDone: true };
const noStore = () => () => undefined;

function useTerminalSearch(terminal: Terminal): TerminalSearch | null {
  const [search, setSearch] = useState<TerminalSearch | null>(null);
  useEffect(() => {
    const made = new TerminalSearch(terminal);
    setSearch(made);
    return () => made.dispose();
  }, [terminal]);
  return search;
}

function words({ count, index, isValid, isDone }: SearchState, text: string): string {
  if (text === '') return '';
  if (!isValid) return 'Not a regular expression';
  if (count === 0) return isDone ? 'Not found' : 'Searching…';
  return `${index + 1} of ${count}`;
}

interface SearchBarProps {
  terminal: Terminal;
  /** What is searched: "log", "shell". */
  what: string;
  /** Increases when the search is asked for again, which brings the focus back to the field. */
  asked: number;
  onClose(): void;
  /** Gives the terminal the focus. */
  onFocus(): void;
}

/** A row above the terminal, in a space of its own, so that it never covers a line. */
export function SearchBar({ terminal, what, asked, onClose, onFocus }: SearchBarProps) {
  const search = useTerminalSearch(terminal);
  const query = useQuery();
  const state = useSyncExternalStore(
    search?.subscribe ?? noStore,
    search?.getState ?? (() => nothing),
  );
  const field = useRef<HTMLInputElement>(null);
  const [before] = useState(() => document.activeElement);
  const leave = () => {
    onClose();
    const isThere = before instanceof HTMLElement && before.isConnected;
    if (isThere && before !== document.body) before.focus();
    else onFocus();
  };

  useEffect(() => search?.find(query), [search, query]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once more
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);

  const isMissing = query.text !== '' && state.isDone && state.count === 0;
  const option = (name: 'matchCase' | 'wholeWord' | 'isRegex', label: string, icon: ReactNode) => (
    <IconButton
      label={label}
      icon={icon}
      aria-pressed={query[name]}
      className={cx(query[name] && 'bg-hover text-ink ring-1 ring-edge ring-inset')}
      onClick={() => useQuery.setState({ [name]: !query[name] })}
    />
  );
  return (
    <search
      className="flex h-10 shrink-0 items-center gap-1 border-b border-line bg-panel px-4"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        leave();
      }}
    >
      <input
        ref={field}
        type="text"
        aria-label={`Find in the ${what}`}
        placeholder={`Find in the ${what}`}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={!state.isValid || undefined}
        value={query.text}
        onChange={(event) => useQuery.setState({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          if (event.shiftKey) search?.previous();
          else search?.next();
        }}
        className={cx(inputLook, 'max-w-72 flex-1')}
      />
      {option('matchCase', 'Match case', <CaseSensitive size={16} />)}
      {option('wholeWord', 'Whole words', <WholeWord size={16} />)}
      {option('isRegex', 'Regular expression', <Regex size={15} />)}
      <span
        role="status"
        className={cx(
          'mx-2 min-w-20 text-xs whitespace-nowrap nums',
          isMissing ? 'text-ink' : 'text-ink-dim',
        )}
      >
        {words(state, query.text)}
      </span>
      <IconButton
        label="Previous match"
        disabled={state.count === 0}
        icon={<ArrowUp size={14} />}
        onClick={() => search?.previous()}
      />
      <IconButton
        label="Next match"
        disabled={state.count === 0}
        icon={<ArrowDown size={14} />}
        onClick={() => search?.next()}
      />
      <span className="flex-1" />
      <IconButton label="Close the search" icon={<X size={15} />} onClick={leave} />
    </search>
  );
}
