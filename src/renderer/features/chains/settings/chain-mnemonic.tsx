import { Copy, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { copyText } from '../../../ui/copy-text.ts';
import { IconButton } from '../../../ui/icon-button.tsx';

/** The mnemonic of a chain's accounts: hidden until it is asked for, and forgotten with the page. */
export function ChainMnemonic({ chain, isOwn }: { chain: string; isOwn: boolean }) {
  const [words, setWords] = useState<string | null>(null);
  const { send, busy } = useCommand(client.chains.mnemonic, {
    done: ({ mnemonic }) => setWords(mnemonic),
  });
  if (words === null) {
    return (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        {isOwn ? 'one of its own' : 'anvil’s'}
        <Button variant="link" busy={busy} onClick={() => void send({ chain })}>
          Reveal the mnemonic
        </Button>
      </span>
    );
  }
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <code className="min-w-0 font-mono text-xs select-all">{words}</code>
      <IconButton
        label="Copy the mnemonic"
        icon={<Copy size={14} />}
        onClick={() => void copyText(words, 'mnemonic', { isSecret: true })}
      />
      <IconButton
        label="Hide the mnemonic"
        icon={<EyeOff size={14} />}
        onClick={() => setWords(null)}
      />
    </span>
  );
}
