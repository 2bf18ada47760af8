import { foundryTool } from '../../targets/chain/anvil.ts';

/** Compiles projects and runs their scripts. */
export const forge = foundryTool('forge');

/** For the user, in terminals of a project. */
export const cast = foundryTool('cast');
