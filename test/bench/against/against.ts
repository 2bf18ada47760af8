import { appRoot } from '#main/lib/app-root.ts';
import type { Figure } from '../figure.ts';
import { type Checkout, checkoutIn } from './checkout.ts';
import { deploys } from './deploy.ts';
import { histories } from './history.ts';
import { logs } from './log.ts';
import { startUp } from './start-up.ts';

type Part = (before: Checkout, now: Checkout, pairs: number) => Promise<Figure[]>;

const parts: Record<string, Part> = { startUp, deploys, logs, histories };

/** What is measured of this version and of another one, side by side. */
export const againstParts = Object.keys(parts);

/**
 * The parts of that name, in interleaved pairs: a busy machine hits both alike.
 *
 * @param folder of the other version, built
 */
export async function against(folder: string, part: string, pairs: number): Promise<Figure[]> {
  const measure = parts[part];
  if (!measure)
    throw new Error(`There is no part "${part}"; there are ${againstParts.join(', ')}.`);
  return measure(checkoutIn(folder), checkoutIn(appRoot()), pairs);
}
