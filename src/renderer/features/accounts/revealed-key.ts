import { useState } from 'react';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { copyText } from '../../ui/copy-text.ts';

/** The one private key that is shown; it is forgotten with the page. */
export interface RevealedKeys {
  revealed: { address: string; key: string } | null;
  reveal(address: string): void;
  hide(): void;
  /** Without showing it. */
  copy(address: string): void;
}

export function useRevealedKey(network: string): RevealedKeys {
  const [revealed, setRevealed] = useState<RevealedKeys['revealed']>(null);
  const { send } = useCommand(client.accounts.key);
  return {
    revealed,
    async reveal(address) {
      const found = await send({ network, account: address });
      if (found) setRevealed({ address, key: found.key });
    },
    hide: () => setRevealed(null),
    async copy(address) {
      const found = await send({ network, account: address });
      if (found) await copyText(found.key, 'private key', { isSecret: true });
    },
  };
}
