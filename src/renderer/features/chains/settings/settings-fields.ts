import { z } from 'zod';
import { type Chain, chains, hardforks } from '#main/features/chains/contract.ts';
import { inputOf } from '../../../core/forms/input-of.ts';
import { optionalNumber } from '../../../core/forms/texts.ts';
import { type Begin, forkBeginFields } from '../fork/fork-begin.ts';

const { chainId, accounts, balance, codeSizeLimit } = inputOf(chains.start).shape;

const typed = z.object({
  hardfork: z.enum(['default', ...hardforks]),
  chainId: optionalNumber(chainId, 'A whole number above 0.'),
  accounts: optionalNumber(accounts, 'From 1 to 100.'),
  balance: optionalNumber(balance, 'Whole ether, at most 1,000,000,000.'),
  codeSizeLimit: optionalNumber(codeSizeLimit, 'From 24,576 to 16,777,216 bytes.'),
  keys: z.enum(['public', 'own']),
  mnemonic: z.string(),
});

/** The form as it is typed. */
export type SettingsFields = z.input<typeof typed> & z.input<typeof forkBeginFields>;

/** The initial values of a chain's fields. The mnemonic that it has stays where it is. */
export function fieldsOf({ creation, codeSizeLimit }: Chain, begin: Begin): SettingsFields {
  const text = (value: number | null) => value?.toString() ?? '';
  const hardfork = hardforks.find((one) => one === creation.hardfork) ?? 'default';
  return {
    hardfork,
    chainId: text(creation.chainId),
    accounts: text(creation.accounts),
    balance: text(creation.balance),
    codeSizeLimit: text(codeSizeLimit),
    keys: creation.ownMnemonic ? 'own' : 'public',
    mnemonic: '',
    ...{ begin, block: '', back: '', time: '' },
  };
}

/** Converts the fields to what a start takes. `kept`: an empty field keeps the own mnemonic. */
export const settingsFields = (kept: boolean) =>
  z
    .intersection(
      typed,
      forkBeginFields.transform((forkBlock) => ({ forkBlock })),
    )
    .superRefine(({ keys, mnemonic }, context) => {
      if (keys === 'public' || mnemonic.trim() !== '' || kept) return;
      context.addIssue({ code: 'custom', path: ['mnemonic'], message: 'Enter or generate one.' });
    })
    .transform(({ hardfork, keys, mnemonic, ...value }) => ({
      hardfork: hardfork === 'default' ? null : hardfork,
      chainId: value.chainId ?? null,
      accounts: value.accounts ?? null,
      balance: value.balance ?? null,
      codeSizeLimit: value.codeSizeLimit ?? null,
      mnemonic: keys === 'public' ? null : mnemonic.trim() || undefined,
      forkBlock: value.forkBlock,
    }));

/** What is asked of how a chain is started. */
export type AskedSettings = z.output<ReturnType<typeof settingsFields>>;
