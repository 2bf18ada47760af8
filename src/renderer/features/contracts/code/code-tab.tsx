import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { abiConstant } from '#main/shared/abi-constant.ts';
import { api } from '../../../core/client.ts';
import { Slot } from '../../../core/feature/slot.tsx';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { copyText } from '../../../ui/copy-text.ts';
import { bytes } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';

/** The ABI and the code of a contract, to be copied. */
export function CodeTab({ detail }: { detail: ContractDetail }) {
  const { network, address, proxy } = detail;
  const { data, error, refetch } = useQuery(
    api.contracts.code.queryOptions({ input: { network, contract: address } }),
  );
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} />;
  const { abi, runtimeCode, creationCode } = data;
  const name = data.name ?? 'contract';
  const json = JSON.stringify(abi, null, 2);
  const typescript = abiConstant(name, abi);
  return (
    <div className="flex flex-col gap-5">
      <Part title="Address" aside={<CopyButton label="Copy the address" text={address} />}>
        {address}
      </Part>
      <Slot name="contract.code" contract={detail} />
      <Part
        title="ABI"
        aside={
          <>
            <CopyButton label="Copy as JSON" text={json} disabled={abi.length === 0} />
            <CopyButton label="Copy as TypeScript" text={typescript} disabled={abi.length === 0} />
          </>
        }
      >
        {abi.length === 0
          ? 'It is not known: build its project, or add the contract with its ABI.'
          : typescript}
      </Part>
      <Part
        title="Runtime code"
        aside={
          <>
            {bytes((runtimeCode.length - 2) / 2)}
            <CopyButton label="Copy the runtime code" text={runtimeCode} />
          </>
        }
      >
        {runtimeCode}
      </Part>
      <Part
        title={proxy ? 'Creation code of its logic' : 'Creation code'}
        aside={
          creationCode !== null && (
            <>
              {bytes((creationCode.length - 2) / 2)}, without its arguments
              <CopyButton label="Copy the creation code" text={creationCode} />
            </>
          )
        }
      >
        {creationCode ?? 'It is not known: no project here has compiled it.'}
      </Part>
    </div>
  );
}

interface PartProps {
  title: string;
  aside: ReactNode;
  children: string;
}

/** What is shown of a long text; the whole of it is copied. */
const most = 20_000;

function Part({ title, aside, children }: PartProps) {
  return (
    <Section title={title} aside={aside}>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
        tabIndex={0}
        className="max-h-64 overflow-y-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs break-all whitespace-pre-wrap"
      >
        {children.length > most ? `${children.slice(0, most)}…` : children}
      </pre>
    </Section>
  );
}

interface CopyButtonProps {
  label: string;
  text: string;
  disabled?: boolean;
}

const CopyButton = ({ label, text, disabled }: CopyButtonProps) => (
  <Button
    size="sm"
    variant="ghost"
    disabled={disabled}
    icon={<Copy aria-hidden="true" size={14} />}
    onClick={() => void copyText(text, label.replace(/^Copy (as |the )?/, ''))}
  >
    {label}
  </Button>
);
