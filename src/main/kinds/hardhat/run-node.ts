import { AppError } from '../../shared/errors.ts';
import { type FoundNode, fittingNode } from './choose-node.ts';
import type { ManifestFiles } from './manifest.ts';
import { neededNode, wantedNode } from './node-version.ts';

/** Where Nodes were looked for. */
export type NodePlace = 'here' | 'image';

const OTHER: Record<NodePlace, string> = {
  here: 'Install one, e.g. with "nvm install".',
  image: 'Give the project a Dockerfile with that one, or run it without Docker.',
};

/**
 * The Node that fits the project and its Hardhat; where none fits the project, one that fits
 * Hardhat, with a warning. Throws TOOL_MISSING.
 *
 * @param major of the Hardhat of the project; undefined: not known
 */
export function runNode(
  files: ManifestFiles,
  major: number | undefined,
  nodes: readonly FoundNode[],
  place: NodePlace,
  warn: (message: string) => void,
): FoundNode {
  const needed = neededNode(major);
  const wanted = wantedNode(files);
  const ranges = [needed, wanted?.range].filter((range) => range !== undefined);
  const fitting = fittingNode(nodes, ranges);
  if (fitting) return fitting;
  // What a project asks for is its wish; what Hardhat needs it can not do without.
  const possible = fittingNode(nodes, needed === undefined ? [] : [needed]);
  const found = nodes.map(({ version }) => version).join(', ') || 'none';
  if (possible && wanted) {
    const where = place === 'here' ? `there is none here (${found})` : `its image has ${found}`;
    warn(
      `${wanted.file} asks for Node ${wanted.range}, and ${where}: the run goes with ${possible.version}. ${OTHER[place]}`,
    );
    return possible;
  }
  throw new AppError('TOOL_MISSING', missing(place, found, major, needed));
}

function missing(place: NodePlace, found: string, major?: number, needed?: string): string {
  if (place === 'image') {
    return found === 'none'
      ? 'Hardhat runs on Node, and there is none in the image of this project. Add it to its Dockerfile, or run it without Docker.'
      : `Hardhat ${major} needs Node ${needed}, and the image of this project has ${found}. Put a newer one into its Dockerfile, or run it without Docker.`;
  }
  return found === 'none'
    ? 'Hardhat runs on Node, and there is none here. Install it from https://nodejs.org, then deploy again.'
    : `Hardhat ${major} needs Node ${needed}, and here is ${found}. Install a newer one, e.g. with "nvm install 24", then deploy again.`;
}
