/** A block, or a place within it, from where a list goes on. */
export interface Place {
  block: number;
  /** What comes before this one; undefined: the whole block. */
  position?: number;
}

/** @param text `<block>` or `<block>:<place in it>` */
export function placeOf(text: string): Place {
  const [block, position] = text.split(':');
  return { block: Number(block), position: position === undefined ? undefined : Number(position) };
}

export const placeText = (block: number, position: number): string => `${block}:${position}`;
