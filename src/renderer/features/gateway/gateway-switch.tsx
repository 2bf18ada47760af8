import { useState } from 'react';
import type { Chain } from '#main/features/chains/contract.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useRestart } from './use-restart.ts';

/** Puts a chain behind the gateway, or takes it from there, which takes a start of the chain. */
export function GatewaySwitch({ chain: { name, gateway, status } }: { chain: Chain }) {
  const [asked, setAsked] = useState<'on' | 'off'>();
  const { busy, restart } = useRestart(name);
  const wanted = asked ?? gateway;
  const verb = status === 'stopped' ? 'Start' : 'Restart';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {wanted !== gateway && (
        <>
          <p className="text-sm text-ink-dim">
            {status === 'stopped'
              ? 'It takes effect at its start.'
              : 'It takes a restart, which keeps its state, snapshots and port.'}
          </p>
          <Button
            size="sm"
            variant="primary"
            busy={busy}
            onClick={() => void restart(wanted).then(() => setAsked(undefined))}
          >
            {`${verb} ${wanted === 'on' ? 'behind' : 'without'} the gateway`}
          </Button>
          <Button size="sm" variant="ghost" disabled={busy} onClick={() => setAsked(undefined)}>
            Cancel
          </Button>
        </>
      )}
      <Switch
        label="Behind the gateway"
        checked={wanted === 'on'}
        disabled={busy}
        onChange={(on) => setAsked(on ? 'on' : 'off')}
      />
    </div>
  );
}
