import { formatEther, formatGwei } from 'viem';
import { colors } from '../../../lib/cli/colors.ts';
import { section } from '../../../lib/cli/section.ts';
import type { Certificate, ReviewDetail, ReviewedTransaction } from '../contract.ts';

/** A review as it is read before it is approved. */
export function reviewText(review: ReviewDetail): string {
  const { certificate, problem } = review;
  const parts = [headOf(review), problem && `${colors.red('✗')} ${problem}`];
  return [...parts, ...(certificate ? partsOf(certificate) : []), nextOf(review)]
    .filter(Boolean)
    .join('\n\n');
}

function headOf({ id, project, network, production, chainId, sender, key, status }: ReviewDetail) {
  const where = `${network} (chain ${chainId}${production === null ? '' : `, ${production}`})`;
  return [
    colors.bold(`Review ${id}: ${project.name} to ${where}`),
    `${status}; signed by ${key ?? 'nobody'}, ${sender}`,
  ].join('\n');
}

const partsOf = (certificate: Certificate): (string | null)[] => [
  section(
    'Transactions',
    ['nonce', 'what', 'at', 'value', 'gas'],
    certificate.transactions.map((one) => [
      ...[one.nonce, whatOf(one), one.address ?? one.to],
      ...[one.value === '0' ? null : ether(one.value), one.gasUsed],
    ]),
  ),
  section(
    'Contracts',
    ['name', 'address', 'bytes', 'code', ...(certificate.compared ? ['beside the last'] : [])],
    certificate.contracts.map(({ name, address, size, codeHash }, index) => [
      ...[name, address, size, codeHash],
      ...(certificate.compared ? [certificate.compared.contracts[index]?.change ?? null] : []),
    ]),
  ),
  lastOf(certificate),
  section(
    'Relies on',
    ['address', 'code'],
    certificate.externals.map(({ address, codeHash }) => [address, codeHash]),
  ),
  costOf(certificate),
  certificate.warnings.map(({ message }) => `${colors.yellow('!')} ${message}`).join('\n'),
];

function lastOf({ compared }: Certificate): string | null {
  if (!compared) return null;
  const { number, commit, gone } = compared;
  const from = commit === null ? '' : ` from ${commit.slice(0, 8)}`;
  const left = gone.length === 0 ? '' : `; it had ${gone.join(', ')} as well`;
  return `the last one there was #${number}${from}${left}`;
}

function costOf({ fees, balance }: Certificate): string {
  const gwei = (wei: string) => `${formatGwei(BigInt(wei))} gwei`;
  return [
    `costs ${ether(fees.expected)}, at most ${ether(fees.most)} (${fees.gas} gas, at most ${gwei(fees.maxFeePerGas)} each)`,
    `balance ${ether(balance)}`,
  ].join('\n');
}

function whatOf({ kind, contractName, function: called, arguments: values }: ReviewedTransaction) {
  const name = contractName ?? 'unknown';
  const given = values.join(', ');
  return kind === 'call' ? `${name}.${called ?? '?'}(${given})` : `new ${name}(${given})`;
}

function nextOf({ id, status, network, production }: ReviewDetail): string | null {
  if (status !== 'open') return null;
  const confirm = production === null ? '' : ` --confirm ${network}`;
  return `To send it: drydock deploy --approve ${id}${confirm}`;
}

const ether = (wei: string): string => `${formatEther(BigInt(wei))} ether`;
