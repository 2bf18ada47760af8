import { Copy, Download, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { VerificationBundle } from '#main/features/verification/contract.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import type { SlotProps } from '../../core/feature/slots.ts';
import { contractPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Section } from '../../ui/section.tsx';
import { CheckFacts } from './check-facts.tsx';
import { SendSources } from './send-sources.tsx';
import { SentList } from './sent-list.tsx';
import { useSending } from './use-sending.ts';

/** Whether a contract is what its sources say: checked here, and sent to others that tell it. */
export function VerificationSection({ contract }: SlotProps['contract.code']) {
  const { network, address } = contract;
  const ref = { network, contract: address };
  const [found, setFound] = useState<{ bundle: VerificationBundle; at: number } | null>(null);
  const checking = useCommand(() => client.verifications.bundle(ref), {
    inPlace: true,
    done: (bundle) => setFound({ bundle, at: Date.now() }),
  });
  const sending = useSending(ref);
  const check = () => {
    setFound(null);
    void checking.send(undefined);
  };
  return (
    <Section
      title="Verification"
      aside={
        found && (
          <>
            checked <RelativeTime at={found.at} />
            <StandardJson of={found.bundle} />
            <IconButton
              label="Verify again"
              icon={<RotateCw size={14} />}
              busy={checking.busy}
              onClick={check}
            />
          </>
        )
      }
    >
      {found ? (
        <>
          <CheckFacts found={found.bundle} />
          <SendSources bundle={found.bundle} sending={sending} />
        </>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-panel px-4 py-3 text-sm">
          <p role="status" className="min-w-0 flex-1 basis-64 text-ink-dim">
            {checking.busy
              ? 'Its sources are compiled again, as they were, and compared with the code at the address.'
              : 'Compile its sources again, and compare them with the code at the address. Nothing leaves this machine.'}
          </p>
          <Button busy={checking.busy} onClick={check}>
            {checking.busy ? 'Compiling' : 'Verify'}
          </Button>
        </div>
      )}
      {checking.error && <ProblemNotice error={checking.error} onRetry={check} />}
      {contract.proxy && (
        <p className="text-xs text-ink-dim">
          This is about the proxy itself.{' '}
          <Link
            href={contractPath(network, contract.proxy.implementation.address, 'code')}
            className="text-accent underline"
          >
            Verify what runs behind it
          </Link>
        </p>
      )}
      <SentList network={network} address={address} isSending={sending.service !== null} />
    </Section>
  );
}

/** What compilers and verifiers take, to be kept. */
function StandardJson({ of: { contract, input } }: { of: VerificationBundle }) {
  const name = contract.slice(contract.lastIndexOf(':') + 1);
  const text = () => JSON.stringify(input, null, 2);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon={<Copy aria-hidden="true" size={14} />}
        onClick={() => void copyText(text(), 'standard JSON')}
      >
        Copy standard JSON
      </Button>
      <Button
        size="sm"
        variant="ghost"
        icon={<Download aria-hidden="true" size={14} />}
        onClick={() => saveFile(`${name}.standard.json`, 'application/json', text())}
      >
        Download
      </Button>
    </>
  );
}
