import type { Simulation } from '#main/features/contracts/contract/calls.ts';
import { type AddressNames, valueText } from '../../../core/inside/value-text.ts';
import { exactEther } from '../../../core/inside/words.ts';
import { shortHex } from '../../../ui/format.ts';

type Changes = NonNullable<Simulation['changes']>;

interface CallChangesProps {
  changes: Changes;
  /** The contract that is called: its variables need no name of theirs before them. */
  of: string;
  names: AddressNames;
}

interface Line {
  name: string;
  before: string;
  after: string;
}

const most = 50;

/** What a call would change, by variables. */
export function CallChanges({ changes, of, names }: CallChangesProps) {
  const lines = changes.flatMap((one) => linesOf(one, of));
  const problems = changes.flatMap(({ problem }) => problem ?? []);
  const text = (value: string) =>
    value === '' ? '""' : valueText({ name: '', type: 'string', value }, names);
  if (lines.length === 0) return null;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <ul
        aria-label="Changes"
        className="grid grid-cols-[minmax(0,auto)_minmax(0,auto)_auto_minmax(0,1fr)] gap-x-3 gap-y-1 font-mono text-xs"
      >
        {lines.slice(0, most).map(({ name, before, after }) => (
          <li key={name} className="contents">
            <span title={name} className="truncate text-ink-soft">
              {text(name)}
            </span>
            <span title={before} className="truncate text-right text-ink-dim nums">
              {text(before)}
            </span>
            <span aria-hidden="true" className="text-ink-dim">
              →
            </span>
            <span title={after} className="truncate text-ink nums">
              {text(after)}
            </span>
          </li>
        ))}
      </ul>
      {lines.length > most && (
        <p className="text-xs text-ink-dim">and {lines.length - most} more</p>
      )}
      {problems.map((problem) => (
        <p key={problem} className="text-xs text-ink-dim">
          {problem}
        </p>
      ))}
    </div>
  );
}

function linesOf(
  { address, contract, label, balance, nonce, code, variables }: Changes[number],
  called: string,
): Line[] {
  const isIt = address.toLowerCase() === called.toLowerCase();
  const prefix = isIt ? '' : `${label ?? contract ?? shortHex(address)}.`;
  const line = (name: string, before: string, after: string): Line => ({
    ...{ name: `${prefix}${name}`, before, after },
  });
  return [
    ...(code ? [line('code', 'none', `${(code.after.length - 2) / 2} bytes`)] : []),
    ...variables.map(({ name, slot, before, after }) => line(name ?? slot, before, after)),
    ...(balance ? [line('balance', exactEther(balance.before), exactEther(balance.after))] : []),
    ...(nonce ? [line('nonce', nonce.before, nonce.after)] : []),
  ];
}
