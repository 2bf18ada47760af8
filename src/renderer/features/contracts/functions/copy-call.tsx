import { Copy } from 'lucide-react';
import type { SnippetInput } from '#main/features/contracts/contract/calls.ts';
import { client } from '../../../core/client.ts';
import { useCommands } from '../../../core/commands/use-commands.ts';
import { Button } from '../../../ui/button.tsx';
import { copyText } from '../../../ui/copy-text.ts';

interface CopyCallProps {
  call: Omit<SnippetInput, 'as'>;
  disabled: boolean;
}

const forms = ['cast', 'viem'] as const;

/** Copies a call to be made elsewhere: as a command, or as code. */
export function CopyCall({ call, disabled }: CopyCallProps) {
  const { busy, run } = useCommands();
  const copy = async (as: (typeof forms)[number]) => {
    const { text } = await client.contracts.snippet({ ...call, as });
    await copyText(text, `the call as ${as}`);
  };
  return forms.map((as) => (
    <Button
      key={as}
      size="sm"
      variant="ghost"
      icon={<Copy aria-hidden="true" size={14} />}
      disabled={disabled}
      busy={busy === as}
      onClick={() => void run(as, () => copy(as))}
    >
      Copy as {as}
    </Button>
  ));
}
