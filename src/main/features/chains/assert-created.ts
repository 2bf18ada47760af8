import { AppError } from '../../shared/errors.ts';
import type { ChainsContext } from './context.ts';
import type { CreationWish } from './creation/creations.ts';

/** Whether there is a state that a start would go on from. */
function isCreated(context: ChainsContext, name: string): boolean {
  const folder = context.folder(name);
  return (
    context.row(name).process !== null ||
    folder.savedAt() !== null ||
    folder.goodStates().length > 0
  );
}

const optionOf: Record<keyof CreationWish, string> = {
  hardfork: '--hardfork',
  chainId: '--chain-id',
  accounts: '--accounts',
  balance: '--balance',
  mnemonic: '--mnemonic',
};

/**
 * Throws FRESH_NEEDED when a chain that there is would have to be created anew for what is asked;
 * BAD_INPUT, SECRETS_UNREADABLE.
 */
export function assertCreatedSo(context: ChainsContext, name: string, wish: CreationWish): void {
  if (context.deps.creations.asked(name, wish) === null || !isCreated(context, name)) return;
  const asked = Object.entries(optionOf).flatMap(([key, option]) => {
    const value = wish[key as keyof CreationWish];
    if (value === undefined) return [];
    // The words stand in no message and no argument.
    if (key === 'mnemonic' && value !== null) return [option, '-'];
    return [option, `${value ?? 'default'}`];
  });
  const { hardfork, chainId, accounts, balance, mnemonic } = wish;
  throw new AppError(
    'FRESH_NEEDED',
    `${name} exists already, and its hardfork, chain id and accounts stay as it was created. To create it anew, restart it fresh: what it has is dropped, its snapshots stay.`,
    {
      fix: {
        label: `Create ${name} anew`,
        command: `drydock chain restart ${name} ${asked.join(' ')} --fresh`,
        ...(mnemonic == null
          ? {
              call: {
                procedure: 'chains.restart',
                input: {
                  ...{ chain: name, fresh: true, hardfork, chainId, accounts, balance, mnemonic },
                },
              },
            }
          : {}),
      },
    },
  );
}
