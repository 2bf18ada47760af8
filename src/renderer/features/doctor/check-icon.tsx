import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react';
import type { Check } from '#main/shared/check.ts';
import { cx } from '../../ui/cx.ts';
import { toneText } from '../../ui/state-dot.tsx';
import { checkTone, checkWord } from './doctor-words.ts';

const icons = { ok: CircleCheck, absent: CircleDashed, warning: TriangleAlert, error: CircleX };

export function CheckIcon({ status }: Pick<Check, 'status'>) {
  const Icon = icons[status];
  return (
    <Icon
      size={16}
      role="img"
      aria-label={checkWord[status]}
      className={cx('mt-0.5 shrink-0', toneText[checkTone[status]])}
    />
  );
}
