import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Found } from '#main/features/explorer/contract/found.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { keys } from '../../core/keys/keys.ts';
import { useKey } from '../../core/keys/use-key.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { inputLook } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { foundPath } from './found-path.ts';

/** Finds a hash, a block, an address or a contract by its name: Enter opens it. */
export function FindBox({ network }: { network: string }) {
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const { send, busy, error, clear } = useCommand(
    (asked: string) => client.explorer.find({ network, text: asked }),
    { inPlace: true },
  );
  const input = useRef<HTMLInputElement>(null);
  useKey(keys.search, () => input.current?.focus());
  const close = () => {
    setFound(null);
    clear();
  };
  const find = async () => {
    close();
    if (text.trim() === '') return;
    const all = await send(text.trim());
    const only = all?.length === 1 ? all[0] : undefined;
    if (only) {
      setText('');
      navigate(foundPath(network, only));
    } else setFound(all ?? null);
  };
  const word = error
    ? problemOf(error).message
    : found?.length === 0 && `Nothing on ${network} is called that.`;
  return (
    <search className="relative w-56 min-w-0 @3xl:w-72">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <Search
          aria-hidden="true"
          size={14}
          className="pointer-events-none absolute top-2 left-2.5 text-ink-dim"
        />
        <input
          ref={input}
          type="search"
          aria-label="Find a hash, block, address or name"
          aria-keyshortcuts="/"
          placeholder="Hash, block, address, name"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            close();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            close();
            setText('');
          }}
          className={`${inputLook} pr-8 pl-8`}
        />
        <span className="pointer-events-none absolute top-1.5 right-2">
          {busy ? <Spinner /> : text === '' && <Kbd quiet>/</Kbd>}
        </span>
      </form>
      <div
        role="status"
        className={
          word || (found && found.length > 0)
            ? 'absolute top-full right-0 z-30 mt-1 max-h-80 w-96 max-w-[80vw] overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 text-sm shadow-pop'
            : 'sr-only'
        }
      >
        {word && <p className="px-2 py-1.5 text-ink-soft">{word}</p>}
        {found && found.length > 0 && (
          <ul aria-label="Found">
            {found.map((one) => (
              <li key={`${one.kind} ${one.value}`}>
                <Link
                  href={foundPath(network, one)}
                  onClick={close}
                  className="block rounded-md px-2 py-1.5 hover:bg-hover"
                >
                  <span className="block truncate">{one.title}</span>
                  <span className="block truncate font-mono text-2xs text-ink-dim">
                    {one.value}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </search>
  );
}
