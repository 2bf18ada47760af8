import { useEffect, useMemo, useRef } from 'react';
import { cx } from '../../../ui/cx.ts';
import { useRowsInView } from '../../../ui/rows-in-view.ts';

const lineHeight = 20;
/** Lines that stay in sight above and below the one that is meant. */
const around = 3;

interface SourceLinesProps {
  path: string;
  text: string;
  /** From 1. */
  line: number;
  endLine: number;
  isFailed: boolean;
}

/** A file of source, one line of it marked and in sight. Only the lines in view are drawn. */
export function SourceLines({ path, text, line, endLine, isFailed }: SourceLinesProps) {
  const lines = useMemo(() => text.split('\n'), [text]);
  const { ref, first, end } = useRowsInView(lines.length, lineHeight);
  const scroller = useRef<HTMLDivElement>(null);
  const width = String(lines.length).length;

  useEffect(() => {
    const room = scroller.current;
    if (!room || text === '') return;
    const top = (line - 1) * lineHeight;
    const isInSight =
      top >= room.scrollTop + around * lineHeight &&
      top + (around + 1) * lineHeight <= room.scrollTop + room.clientHeight;
    if (!isInSight) room.scrollTop = top - room.clientHeight / 2;
  }, [line, text]);

  return (
    <div ref={scroller} className="max-h-[max(15rem,46vh)] min-h-40 overflow-auto">
      <ol
        ref={ref}
        aria-label={path}
        style={{ paddingTop: first * lineHeight, paddingBottom: (lines.length - end) * lineHeight }}
        className="w-max min-w-full font-mono text-xs"
      >
        {lines.slice(first, end).map((code, i) => {
          const number = first + i + 1;
          const isMeant = number === line;
          const isRest = !isMeant && number > line && number <= endLine;
          return (
            <li
              key={number}
              value={number}
              aria-current={isMeant ? 'step' : undefined}
              style={{ height: lineHeight }}
              className={cx(
                'flex items-center border-l-2 pr-3 whitespace-pre',
                isMeant && isFailed && 'border-bad bg-bad/10',
                isMeant && !isFailed && 'border-ink-dim bg-hover',
                isRest && 'border-transparent bg-hover/50',
                !isMeant && !isRest && 'border-transparent',
              )}
            >
              <span
                aria-hidden="true"
                style={{ width: `${width + 2}ch` }}
                className={cx(
                  'shrink-0 pr-3 pl-1 text-right box-content select-none nums',
                  isMeant && isFailed ? 'text-bad' : 'text-ink-dim',
                )}
              >
                {number}
              </span>
              <span data-selectable className={isMeant ? 'text-ink' : 'text-ink-soft'}>
                {code}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
