import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { cx } from '../../../ui/cx.ts';
import { shortHex } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { openForm } from '../request/form-open.ts';
import { argumentsOf, type ShownInput } from '../request/shown-inputs.ts';
import type { DeployRequest } from '../request/use-request.ts';

/** A value in one line, by the name that it has in the form. */
interface Piece {
  name: string;
  text: string;
}

const shortest = (text: string): string => {
  if (/^0x[0-9a-f]{40,}$/i.test(text)) return shortHex(text);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};

/** Types of arguments stand beside their values. */
const shortCall = (signature: string): string =>
  signature.length > 28 ? signature.replace(/\(.*$/s, '(…)') : signature;

function piecesOf(shown: ShownInput): Piece[] {
  const { input, value, call } = shown;
  const name = input.label.toLowerCase();
  if (input.secret) return [];
  switch (input.control) {
    case 'entry':
      return value === undefined ? [] : [{ name: '', text: String(value) }];
    case 'call':
      return value === undefined ? [] : [{ name: '', text: shortCall(String(value)) }];
    case 'abi-arguments':
      return argumentsOf(shown).map((text, index) => ({
        name: call?.parameters[index]?.name || `argument ${index + 1}`,
        text: text === '' ? '—' : shortest(text),
      }));
    case 'account': {
      const from = String(value ?? 0);
      return [{ name, text: /^\d+$/.test(from) ? `account ${from}` : shortest(from) }];
    }
    case 'switch':
      return value === true ? [{ name: '', text: name }] : [];
    default: {
      const text = Array.isArray(value) ? value.map(String).join(', ') : String(value ?? '');
      return text === '' ? [] : [{ name, text: shortest(text.replaceAll('\n', ', ')) }];
    }
  }
}

/** What Deploy would do, in one line that opens the form. E does the same. */
export function FormLine({ project, request }: { project: number; request: DeployRequest }) {
  const open = () => openForm(project);
  useKey(keys.editForm, open);
  const [entry, ...others] = request.shown
    .filter(({ input }) => !input.advanced)
    .flatMap((one) => piecesOf(one).map((piece) => ({ ...piece, of: one.input.control })));
  return (
    <button
      type="button"
      aria-expanded={false}
      aria-keyshortcuts="E"
      title={request.missing?.message}
      onClick={open}
      className="flex h-[34px] w-full shrink-0 items-center gap-2 rounded-lg border border-line-strong bg-panel px-2.5 text-left text-sm hover:bg-hover"
    >
      <ChevronRight aria-hidden="true" size={14} className="shrink-0 text-ink-dim" />
      <span className="sr-only">What Deploy does:</span>
      <span className="min-w-0 flex-1 truncate">
        {entry && <span className="font-mono text-xs font-semibold text-ink">{entry.text}</span>}
        {others.map(({ name, text, of }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a value is its position
          <Fragment key={index}>
            {name && <span className="ml-2.5 text-ink-dim">{name}</span>}
            <span
              className={cx(
                'font-mono text-xs',
                name ? 'ml-1 text-ink' : 'ml-2 text-ink-soft',
                of === 'switch' && 'font-sans',
              )}
            >
              {text}
            </span>
          </Fragment>
        ))}
      </span>
      {request.missing && (
        <span className="max-w-64 shrink-0 truncate text-xs text-warn">
          {request.missing.message}
        </span>
      )}
      <span className="ml-1 inline-flex shrink-0 items-center gap-1.5 font-medium">
        Edit <Kbd>E</Kbd>
      </span>
    </button>
  );
}
