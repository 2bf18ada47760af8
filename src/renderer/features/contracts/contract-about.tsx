import { CornerDownRight, Tag } from 'lucide-react';
import { Link } from 'wouter';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { ownLabel } from '#main/shared/contract-label.ts';
import { openLabelDialog } from '../../core/addresses/label-dialog.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { Crumbs } from '../../core/inside/crumbs.tsx';
import { roughEther } from '../../core/inside/words.ts';
import { addressPath, deploymentPath, projectPath, transactionPath } from '../../core/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { count } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';

interface ContractAboutProps {
  network: string;
  address: string;
  detail: ContractDetail | undefined;
}

/** Where a contract stands and comes from; of a proxy, what runs behind it. */
export function ContractAbout({ network, address, detail }: ContractAboutProps) {
  const full = detail?.address ?? address;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Crumbs network={network} />
        {detail?.proxy && <Badge>{proxyWord(detail.proxy.kind)}</Badge>}
        {detail && ownLabel(detail) !== null && (
          <span className="font-mono text-xs">{ownLabel(detail)}</span>
        )}
        <Copyable value={full} what="address" className="text-ink-soft">
          {full}
        </Copyable>
        <IconButton
          label="Label…"
          icon={<Tag size={13} />}
          onClick={() => openLabelDialog({ network, address: full })}
        />
      </div>
      {detail && <Origin detail={detail} />}
    </div>
  );
}

function Origin({ detail }: { detail: ContractDetail }) {
  const { network, address, proxy, deployment, balance, codeBytes, source, commit } = detail;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 nums">
      {proxy && (
        <span className="inline-flex items-center gap-1.5">
          <CornerDownRight aria-hidden="true" size={13} />
          logic
          <span className="pr-5">
            <AddressLink network={network} of={proxy.implementation} />
          </span>
        </span>
      )}
      {proxy?.admin && (
        <span className="inline-flex items-center gap-1.5">
          admin
          <span className="pr-5">
            <AddressLink network={network} of={proxy.admin} />
          </span>
        </span>
      )}
      {source !== null && (
        <span>
          source <span className="font-mono text-xs text-ink-soft">{source}</span>{' '}
          {commit !== null && (
            <span title={commit} className="font-mono text-xs">
              {commit.slice(0, 7)}
            </span>
          )}
        </span>
      )}
      {deployment ? (
        <span>
          {detail.code === 'as-deployed' && (
            <span
              aria-hidden="true"
              className="mr-1.5 inline-block size-2 rounded-full bg-ok align-middle"
            />
          )}
          {detail.code === 'as-deployed' ? 'code as deployed by' : 'deployed by'}{' '}
          <Link
            href={deploymentPath(deployment.id)}
            title={deployment.title}
            className="text-accent underline"
          >
            {deployment.project.name} #{deployment.number}
          </Link>
          <CodeDiffers detail={detail} />
          {' of '}
          <Link href={projectPath(deployment.project.id)} className="text-accent underline">
            {deployment.project.name}
          </Link>
        </span>
      ) : (
        <span>no deployment here made it</span>
      )}
      {balance !== null && (
        <span>
          holds <span className="text-ink">{roughEther(balance)}</span>
        </span>
      )}
      <span>{count(codeBytes)} bytes of code</span>
      <Link href={addressPath(network, address)} className="text-accent underline">
        address page
      </Link>
    </div>
  );
}

/** That the code there is not what the run has deployed. */
function CodeDiffers({ detail: { network, code, creation } }: { detail: ContractDetail }) {
  if (code !== 'differs') return null;
  return (
    <>
      {' '}
      {creation === null ? (
        <span className="text-warn">code differs</span>
      ) : (
        <Link
          href={transactionPath(network, creation)}
          title="The code there is not what this transaction has left: it was set since, or replaced."
          className="text-warn underline"
        >
          code differs
        </Link>
      )}
    </>
  );
}

/** E.g. `transparent` as `Transparent proxy`; the names of standards stand in capitals. */
function proxyWord(kind: string): string {
  if (kind === 'delegation') return 'Delegated account';
  const word = /^(eip|uups)/.test(kind)
    ? kind.toUpperCase()
    : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return /proxy|clone|diamond/i.test(kind) ? word : `${word} proxy`;
}
