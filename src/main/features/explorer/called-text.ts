import { colors } from '../../lib/cli/colors.ts';
import type { KnownAddress } from './contract/decoded.ts';

/** With the address. */
export const calledText = ({ address, contract, label }: KnownAddress): string => {
  const name = label ?? contract;
  return name === null ? address : `${name} ${colors.dim(address)}`;
};

/** In one word. */
export const shortText = ({ address, contract, label }: KnownAddress): string =>
  label ?? contract ?? `${address.slice(0, 8)}…${address.slice(-4)}`;
