import { csv } from '../../shared/csv.ts';
import type { ContractsResult } from '../../shared/result.ts';
import type { CodeFacts } from './contract.ts';
import { creationOf } from './creation.ts';

const head = [
  'name',
  'address',
  'chain_id',
  'transaction_hash',
  'block_number',
  'gas_used',
  'nested',
  'constructor_arguments',
  'code_hash',
  'compiler',
];

/**
 * The contracts of one deployment, a line each; at the end with their labels if any has one, and
 * with how they were found unless an older version has recorded them.
 */
export function contractsCsv(
  result: ContractsResult | null,
  codes: ReadonlyMap<string, CodeFacts>,
): string {
  const { chainId = null, source = null, contracts = [], transactions = [] } = result ?? {};
  const areLabelled = contracts.some(({ label }) => label !== null);
  const rows = contracts.map((contract) => {
    const creation = creationOf(contract, transactions);
    const code = codes.get(contract.address.toLowerCase());
    return [
      contract.name,
      contract.address,
      contract.chainId ?? chainId,
      contract.transactionHash,
      contract.blockNumber,
      creation?.gasUsed ?? null,
      contract.nested,
      creation ? JSON.stringify(creation.arguments) : null,
      code?.hash ?? null,
      code?.compiler ?? null,
      ...(areLabelled ? [contract.label] : []),
      ...(source === null ? [] : [source]),
    ];
  });
  const last = [...(areLabelled ? ['label'] : []), ...(source === null ? [] : ['source'])];
  return csv([[...head, ...last], ...rows]);
}
