import { useState } from 'react';
import type { Chain } from '#main/features/chains/contract.ts';
import type { Mining } from '#main/shared/mining.ts';
import { client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';

const modes: { value: Mining['mode']; label: string }[] = [
  { value: 'auto', label: 'On demand' },
  { value: 'interval', label: 'At an interval' },
  { value: 'manual', label: 'By hand' },
];

const MOST_SECONDS = 86_400;

/** When a chain makes blocks. */
export function MiningControl({ chain: { name, mining } }: { chain: Chain }) {
  const { send, busy } = useCommand((asked: { mode: Mining['mode']; seconds?: number }) =>
    client.chainControls.mining({ chain: name, ...asked }),
  );
  const [seconds, setSeconds] = useState<string>();
  const text = seconds ?? String(mining.seconds ?? 5);
  const isRight = /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_SECONDS;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        label={`How ${name} mines`}
        prefix="Mining"
        value={mining.mode}
        options={modes.map((one) => ({ ...one, text: one.label }))}
        disabled={busy}
        onChange={(mode) => void send({ mode, ...(mode === 'interval' ? { seconds: 5 } : {}) })}
      />
      {mining.mode === 'interval' && (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (isRight) void send({ mode: 'interval', seconds: Number(text) });
            setSeconds(undefined);
          }}
        >
          <Field
            label="Seconds between blocks"
            className="w-40"
            inputMode="numeric"
            value={text}
            error={isRight ? null : 'From 1 to 86,400.'}
            onChange={(event) => setSeconds(event.target.value)}
          />
          {text !== String(mining.seconds) && (
            <Button type="submit" disabled={!isRight}>
              Set
            </Button>
          )}
        </form>
      )}
    </div>
  );
}
