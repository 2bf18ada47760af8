import { useLocation } from 'wouter';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { contractPath } from '../../core/paths.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { CodeTab } from './code/code-tab.tsx';
import { EventsView } from './events/events-view.tsx';
import { FunctionsTab } from './functions/functions-tab.tsx';
import { StorageTab } from './storage/storage-tab.tsx';

const tabs = [
  { id: 'functions', label: 'Functions' },
  { id: 'events', label: 'Events' },
  { id: 'storage', label: 'Storage' },
  { id: 'code', label: 'Code' },
] as const;

interface ContractTabsProps {
  detail: ContractDetail;
  /** Of the page's address. */
  tab: string | undefined;
  /** Signature of the function whose form is open. */
  chosen: string | null;
  /** The events stand beside the page. */
  withoutEvents: boolean;
}

/** The views of a contract. */
export function ContractTabs({ detail, tab, chosen, withoutEvents }: ContractTabsProps) {
  const [, navigate] = useLocation();
  const { network, address } = detail;
  const offered = tabs.filter(({ id }) => id !== 'events' || !withoutEvents);
  const shown = offered.find(({ id }) => id === tab)?.id ?? 'functions';
  return (
    <div className="-m-5 flex min-h-0 flex-1 flex-col">
      <Tabs
        label="Contract"
        tabs={offered}
        value={shown}
        onChange={(next) => navigate(contractPath(network, address, next), { replace: true })}
      >
        {shown === 'events' ? (
          <EventsView detail={detail} />
        ) : (
          <div className="p-5">
            {shown === 'functions' && <FunctionsTab detail={detail} chosen={chosen} />}
            {shown === 'storage' && <StorageTab detail={detail} />}
            {shown === 'code' && <CodeTab detail={detail} />}
          </div>
        )}
      </Tabs>
    </div>
  );
}
