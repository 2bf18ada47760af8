import { Search } from 'lucide-react';
import { useRef } from 'react';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { inputLook } from '../../../ui/field.tsx';
import { plural } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd.tsx';

interface FilterFieldProps {
  total: number;
  value: string;
  onChange(value: string): void;
}

/** Narrows a list of contracts down by name, address or project. */
export function FilterField({ total, value, onChange }: FilterFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useKey(keys.search, () => input.current?.focus());
  return (
    <div className="relative min-w-0 flex-1">
      <Search
        aria-hidden="true"
        size={14}
        className="pointer-events-none absolute top-2 left-2.5 text-ink-dim"
      />
      <input
        ref={input}
        type="search"
        aria-label="Filter contracts"
        aria-keyshortcuts="/"
        placeholder={`Filter ${plural(total, 'contract')}`}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
        className={`${inputLook} pr-8 pl-8`}
      />
      {value === '' && (
        <span className="pointer-events-none absolute top-1.5 right-2">
          <Kbd quiet>/</Kbd>
        </span>
      )}
    </div>
  );
}
