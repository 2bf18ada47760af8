import type { DeploymentDetail } from '../../deployments/contract.ts';
import type { CodeFacts } from '../contract.ts';
import { csv } from './csv.ts';

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

/** The contracts of one deployment, a line each. */
export function contractsCsv(
  detail: DeploymentDetail,
  codes: ReadonlyMap<string, CodeFacts>,
): string {
  const rows = detail.contracts.map((contract) => {
    const address = contract.address.toLowerCase();
    const creation = detail.transactions.find(
      (t) => t.kind !== 'call' && t.address?.toLowerCase() === address,
    );
    const code = codes.get(address);
    return [
      contract.name,
      contract.address,
      detail.chainId,
      contract.transactionHash,
      contract.blockNumber,
      creation?.gasUsed ?? null,
      contract.nested,
      creation ? JSON.stringify(creation.arguments) : null,
      code?.hash ?? null,
      code?.compiler ?? null,
    ];
  });
  return csv([head, ...rows]);
}
