import type { ChainTarget } from '../../targets/chain/chain-target.ts';
import type { HardhatRun } from './input.ts';

/** The network of a configuration that stands for a chain of this machine: scripts ask for it. */
export const LOCAL = 'localhost';

/** Name of the network in the project's configuration that leads to the target. */
export const networkOf = (
  { network }: Pick<HardhatRun, 'network'>,
  { isOwn, name }: Pick<ChainTarget, 'isOwn' | 'name'>,
): string => network ?? (isOwn ? LOCAL : name);
