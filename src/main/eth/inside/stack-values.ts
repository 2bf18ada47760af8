import { getAddress } from 'viem';
import type { SourceValue } from '../../shared/decoded.ts';
import { type Parameter, stackSlots } from './parameters.ts';

/**
 * A scripted tracer that returns the stack before some instructions, words as hex with the top
 * first, by their positions.
 */
export const stackTracer = (instructions: readonly number[]) => ({
  tracer: `{
    wanted: ${JSON.stringify(Object.fromEntries(instructions.map((at) => [at, true])))},
    at: -1, found: {},
    step: function (log) {
      this.at++;
      if (!this.wanted[this.at]) return;
      var words = [];
      for (var i = 0; i < log.stack.length(); i++) words.push(log.stack.peek(i).toString(16));
      this.found[this.at] = words;
    },
    fault: function () {},
    result: function () { return this.found; }
  }`,
});

export type TracedStacks = Record<string, readonly string[]>;

/**
 * The arguments of a function within a contract, from the stack with which it begins: the last one
 * lies on top. Those below one of unknown size are left out.
 */
export function argumentsOn(
  stack: readonly string[],
  parameters: readonly Parameter[],
): SourceValue[] {
  const found: SourceValue[] = [];
  let at = 0;
  for (const parameter of parameters.toReversed()) {
    const slots = stackSlots(parameter);
    if (slots === null) break;
    const word = stack[at + slots - 1];
    at += slots;
    if (parameter.name === '' || word === undefined) continue;
    const { name, type } = parameter;
    found.unshift({ name, type, value: wordText(parameter, BigInt(`0x${word}`)) });
  }
  return found;
}

function wordText({ type, location }: Parameter, word: bigint): string | null {
  if (location !== null) return null;
  const hex = word.toString(16).padStart(64, '0');
  if (type === 'bool') return String(word !== 0n);
  if (/^address( payable)?$/.test(type)) return getAddress(`0x${hex.slice(24)}`);
  const bytes = /^bytes(\d+)$/.exec(type)?.[1];
  if (bytes) return `0x${hex.slice(0, Number(bytes) * 2)}`;
  if (/^int\d*$/.test(type)) return BigInt.asIntN(256, word).toString();
  // An enum, or a type of the project's own; contracts are longer than any of them is likely to be.
  const isContract = !/^uint\d*$/.test(type) && word >> 64n !== 0n && word >> 160n === 0n;
  return isContract ? getAddress(`0x${hex.slice(24)}`) : word.toString();
}
