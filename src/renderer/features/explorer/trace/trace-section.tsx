import { Braces, ChevronsDownUp, ChevronsUpDown, CircleX, Search } from 'lucide-react';
import { useRef } from 'react';
import type { CallNode } from '#main/shared/decoded.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { inputLook } from '../../../ui/field.tsx';
import { plural } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ChosenCall } from './chosen-call.tsx';
import { isCall } from './trace-items.ts';
import { TraceTree } from './trace-tree.tsx';
import type { Trace } from './use-trace.ts';

interface TraceSectionProps {
  network: string;
  root: CallNode;
  names: AddressNames;
  trace: Trace;
  /** Internal functions among the calls. `problem`: why they are not shown, or not all. */
  functions: { isShown: boolean; show(isShown: boolean): void; problem: string | null };
}

/** The trace of a transaction, and all of the chosen call. It opens on what failed. */
export function TraceSection({ network, root, names, trace, functions }: TraceSectionProps) {
  const { items, chosen, failed, text, setText, found, step, foldAll, choose } = trace;
  const input = useRef<HTMLInputElement>(null);
  useKey(keys.findCall, () => input.current?.focus());
  const calls = items.filter(isCall).length;
  const events = items.filter((item) => 'log' in item).length;
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
        <span role="status" className="ml-auto text-xs text-ink-dim nums">
          {text.trim() !== '' && (found.length > 0 ? `${found.length} found` : 'nothing found')}
        </span>
        <span className="relative max-w-44 min-w-24 flex-1">
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
        <IconButton
          label={functions.isShown ? 'Hide internal functions' : 'Show internal functions'}
          icon={<Braces size={15} />}
          onClick={() => functions.show(!functions.isShown)}
        />
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
          label="Collapse all calls"
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
      {functions.problem !== null && (
        <p role="status" className="border-b border-line px-3 py-1.5 text-xs text-ink-soft">
          {functions.problem}
        </p>
      )}
      <TraceTree trace={trace} names={names} />
      {item && <ChosenCall network={network} item={item} names={names} />}
    </section>
  );
}
