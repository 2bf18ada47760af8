import { temporaryFolder } from '#test/harness/folder.ts';
import { type Figure, plainFigure } from '../figure.ts';
import { median } from '../samples.ts';
import { type Checkout, timeOfCommand, timeOfNode, timeToReady } from './checkout.ts';
import { measurePairs, type Pair, pairFigure, upperBound } from './ratio.ts';

const MOST_COMMAND = 2.5;
const MOST_READY = 3;

/** How long a host takes to be ready, and a command as a whole; also over a Node that does nothing. */
export async function startUp(before: Checkout, now: Checkout, count: number): Promise<Figure[]> {
  await using home = await temporaryFolder();
  await using homeBefore = await temporaryFolder();
  const list = ['project', 'list', '--json'];
  const ready = await measurePairs(
    count,
    () => timeToReady(before, homeBefore.path),
    () => timeToReady(now, home.path),
  );
  const listed = await measurePairs(
    count,
    () => timeOfCommand(before, homeBefore.path, list),
    () => timeOfCommand(now, home.path, list),
  );
  const readyOverNode = await measurePairs(count, timeOfNode, () => timeToReady(now, home.path));
  const listedOverNode = await measurePairs(count, timeOfNode, () =>
    timeOfCommand(now, home.path, list),
  );
  return [
    pairFigure('host ready', ready),
    pairFigure('`drydock project list --json`, whole process', listed),
    overNode('host ready, over `node -e 0`', MOST_READY, readyOverNode),
    overNode('`drydock project list --json`, over `node -e 0`', MOST_COMMAND, listedOverNode),
  ];
}

function overNode(name: string, most: number, pairs: readonly Pair[]): Figure {
  const ratios = pairs.map(({ before, now }) => now / before);
  return plainFigure(name, median(ratios), '×', most, { bound: upperBound(ratios), ratios });
}
