import { Copyable } from '../../ui/copyable.tsx';

/** A value before or after a change; copied with a click. */
export function ChangeValue({ text, shown }: { text: string; shown: string }) {
  return (
    <Copyable value={text} what="value">
      {text === '' ? '""' : shown}
    </Copyable>
  );
}
