import { csv } from '../../lib/csv.ts';
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
  'source',
];

/** The contracts of one deployment, a line each; with their labels at the end if any has one. */
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
      source,
      ...(areLabelled ? [contract.label] : []),
    ];
  });
  return csv([areLabelled ? [...head, 'label'] : head, ...rows]);
}
