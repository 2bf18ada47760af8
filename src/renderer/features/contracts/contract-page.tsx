import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { ContractDetail } from '#main/features/contracts/contract.ts';
import { api } from '../../core/client.ts';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { contractPath } from '../../core/paths.ts';
import { shortHex } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { ContractAbout } from './contract-about.tsx';
import { FunctionsTab } from './functions/functions-tab.tsx';

const tabs = [{ id: 'functions', label: 'Functions' }] as const;
type Tab = (typeof tabs)[number]['id'];

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
  return (
    <div ref={ref} className="flex h-full min-h-0">
      <div className="min-w-0 flex-1">
        <Page
          title={data ? titleOf(data) : shortHex(address)}
          about={<ContractAbout network={network} address={address} detail={data} />}
        >
          {error ? (
            <InsideProblem error={error} onRetry={() => void refetch()} />
          ) : !data || width === 0 ? (
            <Skeleton rows={8} />
          ) : (
            <ContractTabs detail={data} tab={tab} chosen={chosen} />
          )}
        </Page>
      </div>
    </div>
  );
}

const titleOf = ({ name, label, address }: ContractDetail): string =>
  name ?? label ?? shortHex(address);

interface ContractTabsProps {
  detail: ContractDetail;
  tab: string | undefined;
  chosen: string | null;
}

function ContractTabs({ detail, tab, chosen }: ContractTabsProps) {
  const [, navigate] = useLocation();
  const { network, address } = detail;
  const shown: Tab = tabs.find(({ id }) => id === tab)?.id ?? 'functions';
  return (
    <div className="-m-5 flex min-h-0 flex-1 flex-col">
      <Tabs
        label="Contract"
        tabs={[...tabs]}
        value={shown}
        onChange={(next) => navigate(contractPath(network, address, next), { replace: true })}
      >
        <div className="p-5">
          <FunctionsTab detail={detail} chosen={chosen} />
        </div>
      </Tabs>
    </div>
  );
}
