import type { Exported } from '../../../families/contract.ts';

/** Several deployments that were exported as JSON, in one file: a list of what each one's file has. */
export const oneList = (files: readonly Exported[]): Exported => ({
  name: 'deployments.json',
  type: 'application/json',
  text: `[\n${files.map(({ text }) => text.trimEnd()).join(',\n')}\n]\n`,
});
