import { plural } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';
import { problemOf } from '../problems/problem.ts';

interface Each<Item> {
  items: readonly Item[];
  /** What one is called in a message. */
  name(item: Item): string;
  act(item: Item): Promise<unknown>;
  /** What a single one is and what was done, e.g. `image` and `removed`. */
  noun: string;
  done: string;
}

/**
 * Does the same with several things, one after the other: one that is refused keeps none of the others
 * from it. Says at the end how many it was done with, and why not with the rest. Never rejects.
 */
export async function forEach<Item>({ items, name, act, noun, done }: Each<Item>): Promise<void> {
  const refused: string[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      refused.push(`${name(item)}: ${problemOf(error).message}`);
    }
  }
  const count = items.length - refused.length;
  if (count > 0) toast.success(`${plural(count, noun)} ${done}`);
  if (refused.length > 0) toast.error(refused.join('\n'));
}
