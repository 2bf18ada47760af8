import { Braces, FileCode, FileText, Sheet } from 'lucide-react';
import type { Family } from '../family.ts';
import { resultOf } from './chain-run.ts';
import { ContractFacts } from './contract-facts.tsx';
import { DiffContracts } from './diff-contracts.tsx';
import { FailedAt } from './failed-at.tsx';
import { LiveCheck } from './live-check.tsx';
import { LiveContracts } from './live-contracts.tsx';
import { TransactionsTable } from './transactions-table.tsx';
import { useLiveContracts } from './use-live-contracts.ts';
import {
  contractCount,
  contractsOutcome,
  gasUsed,
  landing,
  revertedPage,
  sentSoFar,
} from './words.ts';

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
