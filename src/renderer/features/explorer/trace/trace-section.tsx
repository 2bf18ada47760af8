import { ChevronsDownUp, ChevronsUpDown, CircleX, Search } from 'lucide-react';
import { useRef } from 'react';
import type { CallNode } from '#main/shared/decoded.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { inputLook } from '../../../ui/field.tsx';
import { plural } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useShortcut } from '../../../ui/use-shortcut.ts';
import { ChosenCall } from './chosen-call.tsx';
import { isCall } from './trace-items.ts';
import { TraceTree } from './trace-tree.tsx';
import type { Trace } from './use-trace.ts';

interface TraceSectionProps {
  network: string;
  root: CallNode;
  names: AddressNames;
  trace: Trace;
}

/** The trace of a transaction, and all of the chosen call. It opens on what failed. */
export function TraceSection({ network, root, names, trace }: TraceSectionProps) {
  const { items, chosen, failed, text, setText, found, step, foldAll, choose } = trace;
  const input = useRef<HTMLInputElement>(null);
  useShortcut('f', () => input.current?.focus());
  const calls = items.filter(isCall).length;
  const events = items.length - calls;
  const item = items[chosen];
  return (
    <section
      aria-label="Calls"
      className="@container shrink-0 overflow-hidden rounded-lg border border-line bg-panel"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 pr-2 pl-3">
        <h2 className="text-sm font-semibold">Trace</h2>
        <span className="text-xs text-ink-dim nums">
          {plural(calls, 'call')}
          {events > 0 && ` · ${plural(events, 'event')}`}
          {root.undone && events > 0 && ', undone'}
        </span>
        <span className="flex-1" />
        <span role="status" className="text-xs text-ink-dim nums">
          {text.trim() !== '' && (found.length > 0 ? `${found.length} found` : 'nothing found')}
        </span>
        <span className="relative w-44">
          <Search
            aria-hidden="true"
            size={13}
            className="pointer-events-none absolute top-[7px] left-2 text-ink-dim"
          />
          <input
            ref={input}
            type="search"
            aria-label="Search in the trace"
            aria-keyshortcuts="f"
            placeholder="Search, F"
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
              else if (event.key === 'Escape') setText('');
            }}
            className={`${inputLook} h-[26px]! pl-7 text-xs!`}
          />
        </span>
        {root.failing && (
          <IconButton
            label="Go to the error (X)"
            aria-keyshortcuts="x"
            icon={<CircleX size={15} />}
            onClick={() => choose(failed)}
          />
        )}
        <IconButton
          label="Unfold all calls"
          icon={<ChevronsUpDown size={15} />}
          onClick={() => foldAll(false)}
        />
        <IconButton
          label="Fold all calls"
          icon={<ChevronsDownUp size={15} />}
          onClick={() => foldAll(true)}
        />
      </header>
      <div
        aria-hidden="true"
        className="flex h-[26px] items-center gap-2 border-b border-line pr-3 pl-9 text-2xs text-ink-dim"
      >
        <span className="flex-1">Call</span>
        <span className="w-16" />
        <span className="w-20 text-right">Gas</span>
        <span className="hidden w-28 @3xl:block">in order of execution</span>
      </div>
      <TraceTree trace={trace} names={names} />
      {item && <ChosenCall network={network} item={item} names={names} />}
    </section>
  );
}
