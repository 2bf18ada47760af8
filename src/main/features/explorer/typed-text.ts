import { formatGwei } from 'viem';
import { colors } from '../../lib/cli/colors.ts';
import { calledText } from './called-text.ts';
import type { TransactionDetail } from './contract/transactions.ts';
import { ether } from './state-text.ts';

type Blobs = NonNullable<TransactionDetail['blobs']>;

export function blobsText({ versionedHashes, fee, gasUsed, gasPrice }: Blobs): string {
  const count = `${versionedHashes.length}`;
  if (fee === null || gasPrice === null) return count;
  return `${count}, for ${ether(fee)} of the fee (${gasUsed} gas at ${formatGwei(BigInt(gasPrice))} gwei)`;
}

/** What transactions of some types alone have. */
export function typedText({ authorizations, accessList, blobs }: TransactionDetail): string[] {
  return [
    ...section('authorizations', authorizations.map(authorizationText)),
    ...section(
      'access list',
      accessList.flatMap(({ storageKeys, ...address }) => [
        calledText(address),
        ...storageKeys.map((key) => `  ${key}`),
      ]),
    ),
    ...section('blobs', blobs?.versionedHashes ?? []),
  ];
}

const section = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [[colors.dim(name), ...lines.map((line) => `  ${line}`)].join('\n')];

type Authorization = TransactionDetail['authorizations'][number];

function authorizationText({ authority, address, nonce, chainId, applied }: Authorization): string {
  const who = authority ? calledText(authority) : colors.yellow('a signature of nobody');
  const what =
    BigInt(address.address) === 0n ? 'delegates no more' : `delegates to ${calledText(address)}`;
  const where = chainId === '0' ? 'every chain' : `chain ${chainId}`;
  const passedOver = applied === false ? `, ${colors.yellow('passed over')}` : '';
  return `${who} ${what} ${colors.dim(`(nonce ${nonce}, ${where})`)}${passedOver}`;
}
