import type { AnyFieldApi } from '@tanstack/react-form';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { FormField } from '../../../core/forms/form-field.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';

interface MnemonicFieldProps {
  field: AnyFieldApi;
  failure: unknown;
  /** The chain has one, which an empty field keeps. */
  isKept: boolean;
}

/** Words that nobody reads in passing: typed, pasted in any number of lines, or generated. */
export function MnemonicField({ field, failure, isKept }: MnemonicFieldProps) {
  const [isShown, setIsShown] = useState(false);
  return (
    <div className="flex items-start gap-1.5">
      <FormField
        field={field}
        failure={failure}
        className="flex-1"
        label="Mnemonic"
        note="12 to 24 words"
        type={isShown ? 'text' : 'password'}
        mono
        placeholder={isKept ? 'as it is' : undefined}
        hint={
          isKept
            ? 'One is kept, sealed. Another one takes its place.'
            : 'It is kept sealed, and no process gets it.'
        }
        onPaste={(event) => {
          event.preventDefault();
          field.handleChange(event.clipboardData.getData('text').trim().split(/\s+/).join(' '));
        }}
      />
      <IconButton
        className="mt-[24px]"
        label={isShown ? 'Hide the mnemonic' : 'Show the mnemonic'}
        icon={isShown ? <EyeOff size={14} /> : <Eye size={14} />}
        onClick={() => setIsShown(!isShown)}
      />
      <Button className="mt-[22px]" onClick={async () => field.handleChange(await generated())}>
        Generate
      </Button>
    </div>
  );
}

/** Of 12 words. Loaded when it is wanted: the list of words is long. */
async function generated(): Promise<string> {
  const [{ generateMnemonic }, { wordlist }] = await Promise.all([
    import('@scure/bip39'),
    import('@scure/bip39/wordlists/english'),
  ]);
  return generateMnemonic(wordlist);
}
