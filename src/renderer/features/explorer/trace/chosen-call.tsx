import type { ReactNode } from 'react';
import { AddressLink } from '../../../core/inside/address-link.tsx';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { Values } from '../../../core/inside/values.tsx';
import { exactEther } from '../../../core/inside/words.ts';
import { Copyable } from '../../../ui/copyable.tsx';
import { count, shortHex } from '../../../ui/format.ts';
import { isCall, isFunction, type TraceItem } from './trace-items.ts';
import { calledFunction, calledName, eventName, ranName } from './trace-row.tsx';

interface ChosenCallProps {
  network: string;
  item: TraceItem;
  names: AddressNames;
}

/** All of one call or event: whole values, what it was given, what came back. */
export function ChosenCall({ network, item, names }: ChosenCallProps) {
  if (isFunction(item)) {
    const { file, line } = item.ran;
    return <Frame title={ranName(item.ran)} aside={`${file}:${line}`} />;
  }
  if (!isCall(item)) {
    const { log } = item;
    return (
      <Frame
        title={`${log.label ?? log.contract ?? shortHex(log.address)} emits ${eventName(log.event?.name, log.topics)}`}
      >
        <Values
          label="Values of the event"
          network={network}
          values={log.event?.arguments ?? []}
          names={names}
        />
        {log.event === null && <Hex what="data" value={log.data} />}
      </Frame>
    );
  }
  const { call } = item;
  return (
    <Frame
      title={call.function ?? `${calledName(call)}.${calledFunction(call)}`}
      aside={
        <>
          {call.value !== '0' && <span>{exactEther(call.value)}</span>}
          <span className="nums">
            {count(call.gasUsed)} of {count(call.gas)} gas
          </span>
          {call.to && <AddressLink network={network} of={{ address: call.to }} bare />}
        </>
      }
    >
      {call.arguments.length > 0 && (
        <Values label="Arguments" network={network} values={call.arguments} names={names} />
      )}
      {call.argumentsProblem && (
        <p className="text-xs text-warn">Its arguments do not fit {call.function}.</p>
      )}
      {(call.function === null || call.argumentsProblem) && call.input !== '0x' && (
        <Hex what="input" value={call.input} />
      )}
      {call.result && call.result.length > 0 && (
        <div className="flex flex-col gap-1">
          <h4 className="text-2xs text-ink-dim">Returns</h4>
          <Values label="Returns" network={network} values={call.result} names={names} />
        </div>
      )}
      {call.function === null && call.error === null && call.output !== '0x' && (
        <Hex what="output" value={call.output} />
      )}
    </Frame>
  );
}

function Frame({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section
      aria-label="Chosen call"
      className="flex flex-col gap-2 border-t border-line px-3 py-2.5"
    >
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h3 className="min-w-0 flex-1 truncate font-mono text-xs font-semibold" title={title}>
          {title}
        </h3>
        <div className="flex items-baseline gap-4 pr-6 text-xs text-ink-dim">{aside}</div>
      </div>
      {children}
    </section>
  );
}

function Hex({ what, value }: { what: string; value: string }) {
  return (
    <Copyable
      value={value}
      what={what}
      className="max-h-24 overflow-y-auto text-left break-all whitespace-pre-wrap! text-ink-soft"
    >
      {value}
    </Copyable>
  );
}
