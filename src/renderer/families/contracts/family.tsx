import { Braces, FileCode, FileText, Sheet } from 'lucide-react';
import { lazyPart } from '../../ui/lazy-part.tsx';
import type { Family } from '../family.ts';
import { resultOf } from './chain-run.ts';
import { useLiveContracts } from './use-live-contracts.ts';
import {
  contractCount,
  contractsOutcome,
  gasUsed,
  landing,
  revertedPage,
  sentSoFar,
} from './words.ts';

const ContractFacts = lazyPart(async () => (await import('./contract-facts.tsx')).ContractFacts);
const DiffContracts = lazyPart(async () => (await import('./diff-contracts.tsx')).DiffContracts);
const FailedAt = lazyPart(async () => (await import('./failed-at.tsx')).FailedAt);
const LiveCheck = lazyPart(async () => (await import('./live-check.tsx')).LiveCheck);
const LiveContracts = lazyPart(async () => (await import('./live-contracts.tsx')).LiveContracts);
const TransactionsTable = lazyPart(
  async () => (await import('./transactions-table.tsx')).TransactionsTable,
);

export const contracts: Family = {
  id: 'contracts',
  tab: {
    id: 'contracts',
    label: 'Contracts',
    Count: ({ project }) => ` ${useLiveContracts(project).total.toLocaleString()}`,
    Tab: LiveContracts,
  },
  title: 'Contracts and transactions',
  Result: TransactionsTable,
  Aside: ({ run }) => resultOf(run).contracts.length > 0 && <LiveCheck id={run.id} />,
  Facts: ContractFacts,
  Diff: DiffContracts,
  exports: [
    {
      format: 'addresses',
      label: 'Export addresses.json',
      icon: <Braces aria-hidden="true" size={14} />,
    },
    { format: 'ts', label: 'Export TypeScript', icon: <FileCode aria-hidden="true" size={14} /> },
    { format: 'env', label: 'Export .env', icon: <FileText aria-hidden="true" size={14} /> },
    {
      format: 'csv',
      label: 'Export contracts as CSV',
      icon: <Sheet aria-hidden="true" size={14} />,
    },
  ],
  place: 'on the chain',
  gone: 'it was reverted',
  progress: landing,
  outcome: contractsOutcome,
  reached: sentSoFar,
  failurePage: revertedPage,
  FailedAt,
  made: contractCount,
  cost: gasUsed,
};
