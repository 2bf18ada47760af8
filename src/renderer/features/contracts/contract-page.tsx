import { useQuery } from '@tanstack/react-query';
import { Star, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { ownLabel } from '#main/shared/contract-label.ts';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { StoppedNotice } from '../../core/inside/stopped-notice.tsx';
import { contractPath, contractsPath } from '../../core/paths.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { shortHex } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { AddContract } from './add/add-contract.tsx';
import { ContractAbout } from './contract-about.tsx';
import { ContractTabs } from './contract-tabs.tsx';
import { EventsView } from './events/events-view.tsx';
import { ContractColumn } from './list/contract-column.tsx';
import { usePin } from './list/pinned.ts';
import { useKnownContracts } from './use-known-contracts.ts';

/** Widths of the page from which there is room for other columns, px. */
const roomForList = 880;
const roomForEvents = 1080;

interface ContractPageProps {
  network: string;
  address: string;
  tab: string | undefined;
  /** Signature of the function whose form is open. */
  chosen: string | null;
}

/** One contract: what it is, what it says and does, what it has written and stored. */
export function ContractPage({ network, address, tab, chosen }: ContractPageProps) {
  const { data, error, refetch } = useQuery(
    api.contracts.show.queryOptions({ input: { network, contract: address }, staleTime: 0 }),
  );
  useFollowHead(network, () => refetch({ cancelRefetch: false }));
  const { ref, width } = useWidth();
  const hasEvents = width >= roomForEvents;
  return (
    <div ref={ref} className="flex h-full min-h-0">
      {width >= roomForList && <ContractColumn network={network} address={address} />}
      <div className="min-w-0 flex-1">
        <Page
          title={data ? titleOf(data) : shortHex(address)}
          about={<ContractAbout network={network} address={address} detail={data} />}
          actions={
            <>
              {width > 0 && width < roomForList && (
                <ContractPicker network={network} address={address} />
              )}
              {data?.proxy && (
                <Slot name="proxy.actions" network={network} address={data.address} />
              )}
              {data?.deployment && data.name !== null && (
                <Slot
                  name="contract.actions"
                  project={data.deployment.project.id}
                  contract={data.name}
                />
              )}
              <ContractActions
                network={network}
                address={data?.address ?? address}
                isPinned={data?.pinned ?? false}
              />
            </>
          }
        >
          {error ? (
            <InsideProblem error={error} onRetry={() => void refetch()} />
          ) : !data || width === 0 ? (
            <Skeleton rows={8} />
          ) : (
            <>
              {data.stopped && (
                <StoppedNotice network={network} missing="its values, its storage and calls" />
              )}
              {data.missing && <ErrorNotice tone="warn" message={data.missing} />}
              <ContractTabs detail={data} tab={tab} chosen={chosen} withoutEvents={hasEvents} />
            </>
          )}
        </Page>
      </div>
      {hasEvents && data && !error && (
        <aside
          aria-label="Events beside"
          className="flex w-[288px] shrink-0 flex-col border-l border-line bg-panel"
        >
          <EventsView detail={data} />
        </aside>
      )}
    </div>
  );
}

const titleOf = ({ name, label, address }: ContractDetail): string =>
  name ?? label ?? shortHex(address);

interface ContractRefProps {
  network: string;
  address: string;
}

/** Another contract of the network, where there is no room for their list. */
function ContractPicker({ network, address }: ContractRefProps) {
  const [, navigate] = useLocation();
  const { contracts, added } = useKnownContracts(network);
  const options = new Map(
    [...added, ...contracts].map((one) => [
      one.address,
      {
        ...{ value: one.address, text: `${one.name} ${one.address}` },
        label: ('label' in one && ownLabel(one)) || one.name || shortHex(one.address),
        detail: <span className="font-mono">{shortHex(one.address)}</span>,
      },
    ]),
  );
  return (
    <Combobox
      label="Contract"
      value={options.has(address) ? address : null}
      options={[...options.values()]}
      placeholder="choose a contract"
      plainValue
      onChange={(next) => navigate(contractPath(network, next))}
      className="max-w-52"
    />
  );
}

function ContractActions({ network, address, isPinned }: ContractRefProps & { isPinned: boolean }) {
  const [, navigate] = useLocation();
  const pin = usePin();
  const { contracts, added, isPending } = useKnownContracts(network);
  const isHere = (one: { address: string }) => one.address.toLowerCase() === address.toLowerCase();
  const isAdded = added.some(isHere);
  const { send, busy } = useCommand(() => client.contracts.remove({ network, contract: address }), {
    done: () => navigate(contractsPath),
  });
  return (
    <>
      {!isPending && !isAdded && !contracts.some(isHere) && (
        <AddContract network={network} address={address} label="Name it" />
      )}
      <IconButton
        label={isPinned ? 'Unpin' : 'Pin to the top of lists'}
        aria-pressed={isPinned}
        icon={<Star size={15} fill={isPinned ? 'currentColor' : 'none'} />}
        onClick={() => void pin.send({ network, contract: address, pinned: !isPinned })}
      />
      {isAdded && (
        <IconButton
          label="Forget what was added of it"
          icon={<Trash2 size={15} />}
          busy={busy}
          onClick={() => void send(undefined)}
        />
      )}
    </>
  );
}
