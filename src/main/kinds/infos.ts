import type { KindInfo } from '../shared/kind.ts';
import { allKinds } from './all.ts';

/** What every door draws the kinds from; loads none of them. */
export const kindInfos: readonly KindInfo[] = allKinds.map(({ info }) => info);
