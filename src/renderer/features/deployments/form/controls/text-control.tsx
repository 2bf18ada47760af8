import { Field } from '../../../../ui/field.tsx';
import { TextArea } from '../../../../ui/text-area.tsx';
import { type ControlProps, noteOf, textOf } from './control.ts';

const numeric = new Set(['number', 'port']);
const mono = new Set(['file', 'domain', 'port', 'number']);

/** A text of one line. */
export function TextControl(props: ControlProps) {
  const { input, value } = props.shown;
  const { problem, onChange } = props;
  const { label, help, control, secret } = input;
  return (
    <Field
      label={label}
      note={noteOf(props)}
      hint={help}
      mono={mono.has(control)}
      type={secret ? 'password' : 'text'}
      inputMode={numeric.has(control) ? 'numeric' : undefined}
      value={textOf(value)}
      error={problem?.message}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  );
}

function jsonProblem(text: string): string | null {
  if (text.trim() === '') return null;
  try {
    JSON.parse(text);
    return null;
  } catch {
    return 'JSON such as {"name": "value"}.';
  }
}

/** A text of several lines: an environment, JSON, or one value per line. */
export function LinesControl(props: ControlProps) {
  const { input, value } = props.shown;
  const { problem, onChange } = props;
  const text = textOf(value);
  return (
    <TextArea
      label={input.label}
      note={noteOf(props)}
      hint={input.help}
      placeholder={input.control === 'env' ? 'NAME=value' : undefined}
      value={text}
      error={problem?.message ?? (input.control === 'json' ? jsonProblem(text) : null)}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  );
}
