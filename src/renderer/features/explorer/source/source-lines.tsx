import { useEffect, useMemo, useRef } from 'react';
import { cx } from '../../../ui/cx.ts';
import { count } from '../../../ui/format.ts';
import { useRowsInView } from '../../../ui/rows-in-view.ts';
import { linesInComment, type TokenKind, tokensOf } from './solidity-tokens.ts';

const lineHeight = 20;
/** Lines that stay in sight above and below the one that is meant. */
const around = 3;

/** Neutral: a colour means a state. */
const looks: Record<TokenKind, string> = {
  comment: 'text-ink-dim italic',
  word: 'text-ink-dim',
  string: 'text-ink-soft',
  number: 'text-ink-soft',
  plain: 'text-ink',
};

interface SourceLinesProps {
  path: string;
  text: string;
  /** From 1. */
  line: number;
  endLine: number;
  isFailed: boolean;
  /** What lines took, by their numbers. */
  gas: ReadonlyMap<number, number>;
  /** What is said beside lines, by their numbers. */
  beside?: ReadonlyMap<number, string>;
}

/** A file of source, one line of it marked and in sight. Only the lines in view are drawn. */
export function SourceLines({
  path,
  text,
  line,
  endLine,
  isFailed,
  gas,
  beside,
}: SourceLinesProps) {
  const lines = useMemo(() => text.split('\n'), [text]);
  const inComment = useMemo(() => linesInComment(lines), [lines]);
  const { ref, first, end } = useRowsInView(lines.length, lineHeight);
  const gasWidth = Math.max(0, ...[...gas.values()].map((one) => count(one).length));
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
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
      tabIndex={0}
      className="max-h-[max(15rem,46vh)] min-h-40 overflow-auto focus-visible:-outline-offset-2"
    >
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
              {gas.size > 0 && (
                <span
                  title={gas.has(number) ? `${count(gas.get(number) ?? 0)} gas` : undefined}
                  style={{ width: `${gasWidth}ch` }}
                  className="box-content shrink-0 pl-1.5 text-right text-2xs text-ink-dim select-none nums"
                >
                  {gas.has(number) && count(gas.get(number) ?? 0)}
                </span>
              )}
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
              <span data-selectable>
                {tokensOf(code, inComment.has(number - 1)).map(({ kind, text: part }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a token is its position
                  <span key={at} className={looks[kind]}>
                    {part}
                  </span>
                ))}
              </span>
              {beside?.has(number) && (
                <span className="sticky right-0 ml-auto max-w-44 shrink-0 truncate bg-panel pl-3 text-2xs text-ink-soft">
                  {beside.get(number)}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
