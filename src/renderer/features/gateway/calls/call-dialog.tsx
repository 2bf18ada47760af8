import type { JournalCall } from '#main/features/gateway/contract.ts';
import { Copyable } from '../../../ui/copyable.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';
import { tookText } from './call-text.ts';
import { prettyParams } from './pretty-params.ts';

interface CallDialogProps {
  call: JournalCall | null;
  onClose(): void;
}

/** One call, whole. */
export function CallDialog({ call, onClose }: CallDialogProps) {
  return (
    <Dialog title={call?.method ?? ''} open={call !== null} onClose={onClose} wide>
      {call && <Call call={call} />}
    </Dialog>
  );
}

function Call({ call: { at, ms, origin, error, called, params } }: { call: JournalCall }) {
  const text = prettyParams(params);
  return (
    <div className="@container flex flex-col gap-4">
      {error !== null && <ErrorNotice message={error} />}
      <Facts>
        <Fact name="When">{dateTime(at)}</Fact>
        <Fact name="Took">{tookText(ms)} ms</Fact>
        <Fact name="From">{origin ?? 'a program'}</Fact>
        {called && <Fact name="Contract">{called.contract ?? 'not known by name'}</Fact>}
      </Facts>
      {called && (
        <Section title={called.function}>
          {called.arguments.length === 0 ? (
            <p className="text-sm text-ink-dim">
              {called.argumentsProblem ? 'Its arguments do not fit.' : 'Without arguments.'}
            </p>
          ) : (
            <ol className="flex flex-col gap-1">
              {called.arguments.map(({ name, value }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its position
                <li key={i} className="flex min-w-0 items-baseline gap-3 text-xs">
                  <span className="w-24 shrink-0 truncate text-ink-dim" title={name}>
                    {name === '' ? `[${i}]` : name}
                  </span>
                  <Copyable
                    value={value}
                    what={name === '' ? `argument ${i}` : name}
                    className="text-left break-all whitespace-pre-wrap!"
                  >
                    {value === '' ? '""' : value}
                  </Copyable>
                </li>
              ))}
            </ol>
          )}
        </Section>
      )}
      <Section title="Parameters">
        <pre
          data-selectable
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
          tabIndex={0}
          className="max-h-80 overflow-auto rounded-md border border-line bg-ground p-3 font-mono text-xs break-all whitespace-pre-wrap"
        >
          {text}
        </pre>
      </Section>
    </div>
  );
}
