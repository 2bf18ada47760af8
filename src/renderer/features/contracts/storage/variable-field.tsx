import { useEffect, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';

interface VariableFieldProps {
  chosen: string | undefined;
  /** undefined: all of them. */
  onChoose: (variable: string | undefined) => void;
}

/** Chooses one variable, or a part of one, also by a key that nothing is known of. */
export function VariableField({ chosen, onChoose }: VariableFieldProps) {
  const [text, setText] = useState('');
  useEffect(() => setText(chosen ?? ''), [chosen]);
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(text.trim() || undefined);
      }}
    >
      <Field
        label="Variable"
        note="with a key or an index; none: all"
        mono
        placeholder="balances[0x…]"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="w-full max-w-md"
      />
      <Button type="submit" disabled={text.trim() === (chosen ?? '')}>
        Show
      </Button>
      {chosen !== undefined && (
        <Button onClick={() => onChoose(undefined)} variant="ghost">
          All variables
        </Button>
      )}
    </form>
  );
}
