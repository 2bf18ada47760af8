import { z } from 'zod';

const quantity = z.string().regex(/^0x[0-9a-f]{1,64}$/i);

const planned = z.object({
  nonce: z.int().nonnegative(),
  to: z.string().nullable().describe('null: creates a contract'),
  value: quantity,
  data: z.string(),
  gas: quantity.describe('the most that may be set'),
});

/** What a key may sign: these transactions and no others, each as it was reviewed. */
export const terms = z.object({
  chainId: z.int().positive(),
  maxFeePerGas: quantity.describe('wei'),
  transactions: z.array(planned).max(10_000),
});
export type Terms = z.infer<typeof terms>;

/** A transaction that is to be signed. */
export interface Asked {
  nonce: number;
  to: string | null;
  value: string;
  data: string;
  gas: string;
  maxFeePerGas: string;
}

/** How a transaction differs from the reviewed one of its nonce, as a sentence; null: it doesn't. */
export function differenceFrom({ transactions, maxFeePerGas }: Terms, asked: Asked): string | null {
  const at = transactions.findIndex(({ nonce }) => nonce === asked.nonce);
  const reviewed = transactions[at];
  if (!reviewed) {
    const last = transactions.at(-1);
    return `It has the nonce ${asked.nonce}, and the review ends with ${last?.nonce ?? 'none'}.`;
  }
  const called = `Transaction ${at + 1}`;
  if (lower(asked.to) !== lower(reviewed.to)) {
    return `${called} goes to ${asked.to ?? 'a new contract'}, not to ${reviewed.to ?? 'a new contract'}.`;
  }
  if (BigInt(asked.value) !== BigInt(reviewed.value)) {
    return `${called} sends ${BigInt(asked.value)} wei, not ${BigInt(reviewed.value)}.`;
  }
  if (lower(asked.data) !== lower(reviewed.data)) {
    return `${called} has other ${reviewed.to === null ? 'code or constructor arguments' : 'call data'}: they differ from byte ${differsAt(asked.data, reviewed.data)} on.`;
  }
  if (BigInt(asked.gas) > BigInt(reviewed.gas)) {
    return `${called} may use ${BigInt(asked.gas)} gas, more than ${BigInt(reviewed.gas)}.`;
  }
  if (BigInt(asked.maxFeePerGas) > BigInt(maxFeePerGas)) {
    return `${called} pays up to ${BigInt(asked.maxFeePerGas)} wei per gas, more than ${BigInt(maxFeePerGas)}.`;
  }
  return null;
}

const lower = (hex: string | null): string | null => hex?.toLowerCase() ?? null;

function differsAt(asked: string, reviewed: string): number {
  const [one, other] = [asked.toLowerCase(), reviewed.toLowerCase()];
  let at = 2;
  while (at < one.length && one[at] === other[at]) at += 1;
  return Math.floor((at - 2) / 2);
}
