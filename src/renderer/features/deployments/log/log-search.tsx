import { ArrowDown, ArrowUp } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { inputLook } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { LogTerminalHandle } from '../../../ui/terminal/log-terminal.tsx';

/** A search row above the log, in a space of its own, so it never covers a line. */
export function LogSearch({ terminal }: { terminal: RefObject<LogTerminalHandle | null> }) {
  const [text, setText] = useState('');
  const [missed, setMissed] = useState(false);
  useEffect(() => () => terminal.current?.clearFind(), [terminal]);
  const find = (direction: 'next' | 'previous', wanted = text) => {
    if (wanted === '') return terminal.current?.clearFind();
    setMissed(!terminal.current?.find(wanted, direction));
  };
  return (
    <search className="flex h-10 shrink-0 items-center gap-2 border-b border-line bg-panel px-4">
      <input
        // biome-ignore lint/a11y/noAutofocus: the field was just asked for
        autoFocus
        type="text"
        aria-label="Find in the log"
        placeholder="Find in the log"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setMissed(false);
          if (event.target.value) find('next', event.target.value);
          else terminal.current?.clearFind();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find(event.shiftKey ? 'previous' : 'next');
        }}
        className={`${inputLook} max-w-72`}
      />
      <IconButton
        label="Previous match"
        icon={<ArrowUp size={14} />}
        onClick={() => find('previous')}
      />
      <IconButton label="Next match" icon={<ArrowDown size={14} />} onClick={() => find('next')} />
      <span role="status" className="text-xs text-ink-dim">
        {missed ? 'Not found' : ''}
      </span>
    </search>
  );
}
