import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const fills = {
  red: 'bg-label-red',
  orange: 'bg-label-orange',
  yellow: 'bg-label-yellow',
  green: 'bg-label-green',
  teal: 'bg-label-teal',
  blue: 'bg-label-blue',
  purple: 'bg-label-purple',
  pink: 'bg-label-pink',
} as const;

export type DotColor = keyof typeof fills;
export const dotColors = Object.keys(fills) as DotColor[];

const inks: Record<DotColor, string> = {
  red: 'text-label-red',
  orange: 'text-label-orange',
  yellow: 'text-label-yellow',
  green: 'text-label-green',
  teal: 'text-label-teal',
  blue: 'text-label-blue',
  purple: 'text-label-purple',
  pink: 'text-label-pink',
};

/** An icon in the colour that the user has marked its thing with, where a dot means something else. */
export function ColoredIcon({ color, children }: { color: DotColor | null; children: ReactNode }) {
  return (
    <span data-color={color ?? undefined} className={color ? inks[color] : undefined}>
      {children}
    </span>
  );
}

/** What the user has marked something with. It says nothing by itself. */
export function ColorDot({ color, className }: { color: DotColor; className?: string }) {
  return (
    <span
      aria-hidden="true"
      data-color={color}
      className={cx('inline-block size-2 shrink-0 rounded-full', fills[color], className)}
    />
  );
}
