import { Send } from 'lucide-react';
import { useState } from 'react';
import type { AbiSource } from '#main/features/abi-sources/contract.ts';
import type { VerificationBundle } from '#main/features/verification/contract.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useSettings } from '../../core/queries/use-settings.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { plural } from '../../ui/format.ts';
import type { Sending } from './use-sending.ts';

const services = [
  { id: 'sourcify', name: 'Sourcify', setting: 'sourcifyUrl' },
  { id: 'etherscan', name: 'Etherscan', setting: 'etherscanUrl' },
] as const;

interface SendSourcesProps {
  bundle: VerificationBundle;
  sending: Sending;
}

/** Sends what a contract was compiled from to a service, after a question: it becomes public. */
export function SendSources({ bundle, sending }: SendSourcesProps) {
  const { settings } = useSettings();
  const [asked, setAsked] = useState<AbiSource | null>(null);
  const isDifferent = bundle.runtime === 'different';
  const to = services.find(({ id }) => id === asked);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {services.map(({ id, name }) => (
          <Button
            key={id}
            size="sm"
            icon={<Send aria-hidden="true" size={14} />}
            disabled={isDifferent}
            busy={sending.service === id}
            onClick={() => setAsked(id)}
          >
            Send to {name}…
          </Button>
        ))}
        {isDifferent && (
          <p className="min-w-0 flex-1 text-xs text-ink-dim">
            No service would verify it. Check out the commit that it was deployed from, build it,
            and verify it again.
          </p>
        )}
      </div>
      {sending.error ? <ProblemNotice error={sending.error} /> : null}
      <Dialog
        title={`Send the sources to ${to?.name}?`}
        open={to !== undefined}
        onClose={() => setAsked(null)}
      >
        {to && settings && (
          <Question
            bundle={bundle}
            address={settings[to.setting]}
            onClose={() => setAsked(null)}
            onSend={() => sending.send(to.id)}
          />
        )}
      </Dialog>
    </>
  );
}

interface QuestionProps {
  bundle: VerificationBundle;
  /** Of the service. */
  address: string;
  onClose(): void;
  onSend(): void;
}

function Question({ bundle, address, onClose, onSend }: QuestionProps) {
  const { host } = new URL(address);
  const { input, contract, compiler, chainId } = bundle;
  const sources = Object.keys((input.sources as object | undefined) ?? {});
  return (
    <>
      <div className="flex flex-col gap-3 text-sm">
        <p>
          This leaves the machine for <strong>{host}</strong>: {plural(sources.length, 'source')} of{' '}
          <span className="font-mono text-xs">{contract}</span>, the settings of its compiler{' '}
          <span className="font-mono text-xs">{compiler}</span>, and the arguments of its
          constructor. A service publishes what it verifies.
        </p>
        <ul
          aria-label="Sources"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
          tabIndex={0}
          className="max-h-44 overflow-y-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs"
        >
          {sources.map((path) => (
            <li key={path} className="truncate">
              {path}
            </li>
          ))}
        </ul>
        <p className="text-xs text-ink-dim">
          It must know chain {chainId}: public services don’t know local chains. Its address stands
          in Settings.
        </p>
      </div>
      <DialogActions>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
        <Button
          variant="primary"
          onClick={() => {
            onClose();
            onSend();
          }}
        >
          Send to {host}
        </Button>
      </DialogActions>
    </>
  );
}
