import { SquareArrowOutUpRight } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useOpen } from './use-open.ts';
import { useOpenPrograms } from './use-open-programs.ts';

interface OpenSourceProps {
  project: number;
  /** Relative to its folder. */
  file: string;
  /** From 1. */
  line: number;
  column?: number;
}

/** Opens a line of source in the editor; nothing where there is none. */
export function OpenSource({ project, file, line, column }: OpenSourceProps) {
  const [editor] = useOpenPrograms('editor');
  const { send, busy } = useOpen();
  if (!editor) return null;
  return (
    <IconButton
      label={`Open ${file}:${line} in ${editor.label}`}
      icon={<SquareArrowOutUpRight aria-hidden="true" size={14} />}
      busy={busy}
      onClick={() => void send({ project, file, line, column })}
    />
  );
}
