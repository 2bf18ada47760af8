import { FileUp, Type } from 'lucide-react';
import { useRef, useState } from 'react';
import { bytesToHex, stringToHex } from 'viem';
import { cx } from '../../../ui/cx.ts';
import { FieldProblem, inputLook } from '../../../ui/field.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { argumentHint } from './argument-check.ts';
import { useAbiForm } from './form-context.ts';
import type { WordFieldProps } from './word-field.tsx';

/** What a call can carry, with room to spare. */
const mostBytes = 90_000;

/** Bytes as hex; from a text, or from a file. */
export function BytesField({ type, label, value, ...props }: WordFieldProps) {
  const { onEnter } = useAbiForm();
  const file = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const size = Number(type.slice('bytes'.length)) || null;
  const put = (hex: string) => {
    setProblem(null);
    props.onChange(hex);
  };
  const fromText = () => {
    const hex = stringToHex(value);
    if (size !== null && (hex.length - 2) / 2 > size) {
      setProblem(`As text it takes more than ${size} bytes.`);
    } else put(size === null ? hex : stringToHex(value, { size }));
  };
  const fromFile = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > (size ?? mostBytes)) {
      setProblem(`${chosen.name} has more than ${size ?? mostBytes} bytes.`);
    } else put(bytesToHex(new Uint8Array(await chosen.arrayBuffer()), size ? { size } : {}));
  };
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-1">
        <input
          id={props.id}
          aria-label={label}
          aria-invalid={props.invalid || undefined}
          aria-describedby={props.describedBy}
          spellCheck={false}
          autoComplete="off"
          placeholder={props.quiet ? undefined : argumentHint(type)}
          value={value}
          onChange={(event) => put(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && onEnter?.()}
          className={cx(inputLook, 'font-mono text-xs')}
        />
        <Menu
          label="From text or a file"
          items={[
            {
              label: 'Take what is typed as text',
              icon: <Type aria-hidden="true" size={14} />,
              disabled: value === '',
              onSelect: fromText,
            },
            {
              label: 'Take a file…',
              icon: <FileUp aria-hidden="true" size={14} />,
              onSelect: () => file.current?.click(),
            },
          ]}
        />
        <input
          ref={file}
          type="file"
          aria-label="File"
          hidden
          onChange={(event) => {
            void fromFile(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      {problem && <FieldProblem>{problem}</FieldProblem>}
    </div>
  );
}
