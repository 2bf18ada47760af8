import { decodeAbiParameters, type Hex, parseAbiParameters } from 'viem';
import { plainOf } from '#main/eth/inside/decoded-value.ts';
import type { CallNode, DecodedValue, LogNode } from '#main/shared/decoded.ts';
import type { CastCall, CastLine, CastRun } from './cast-run.ts';

/** A call without what cast knows of names. */
export const withoutNames = ({ signature, returned, refund, logs, ...call }: CastCall) => ({
  ...call,
  logs: logs.map(({ isNamed, ...log }) => log),
});

/**
 * Calls as Drydock shows them, as cast has them.
 *
 * @param own the transaction's own call, of which only cast tells the gas without what surrounds it
 */
export function callsAsCast(root: CallNode, own: CastCall) {
  const calls = [...withDepth(root)].map(({ node, depth }) => ({
    ...{ depth, type: node.type, failed: node.error !== null },
    ...{ from: node.from, to: node.to },
    ...{ value: node.value, input: node.input, output: node.output },
    ...{ gas: BigInt(node.gas), gasUsed: BigInt(node.gasUsed) },
    logs: node.logs.map(({ address, topics, data, position }) => ({
      ...{ address, topics, data, position },
    })),
  }));
  return [{ ...calls[0], gas: own.gas, gasUsed: own.gasUsed }, ...calls.slice(1)];
}

function* withDepth(node: CallNode, depth = 0): Generator<{ node: CallNode; depth: number }> {
  yield { node, depth };
  for (const inner of node.calls) yield* withDepth(inner, depth + 1);
}

/**
 * A tree as Drydock shows it, written as cast prints one: bytes where cast has no names, else the
 * names and values that Drydock shows.
 */
export function linesAsCast(root: CallNode, { calls }: Pick<CastRun, 'calls'>): CastLine[] {
  const lines: CastLine[] = [];
  const told = calls.values();
  const write = (node: CallNode, depth: number): void => {
    const cast = told.next().value as CastCall;
    const gasUsed = depth === 0 ? cast.gasUsed : node.gasUsed;
    lines.push({ depth, text: `[${gasUsed}] ${callText(node, cast)}` });
    for (let i = 0; i <= node.calls.length; i++) {
      for (const [at, log] of node.logs.entries()) {
        if (log.position !== i) continue;
        lines.push({ depth: depth + 1, text: logText(log, cast.logs[at]?.isNamed ?? false) });
      }
      const inner = node.calls[i];
      if (inner) write(inner, depth + 1);
    }
    lines.push({ depth: depth + 1, text: `← ${endText(node, cast)}` });
  };
  write(root, 0);
  return lines;
}

const KINDS: Record<string, string> = {
  ...{ STATICCALL: ' [staticcall]', DELEGATECALL: ' [delegatecall]', CALLCODE: ' [callcode]' },
};

function callText(node: CallNode, { signature }: CastCall): string {
  const { type, to, value, input } = node;
  if (type.startsWith('CREATE')) return `→ new <unknown>@${to}`;
  const at = isPrecompile(node) ? 'PRECOMPILES' : to;
  const sent = value === '0' ? '' : `{value: ${value}}`;
  const [name, values] =
    signature === null
      ? [input.slice(2, 10), input.slice(10)]
      : [node.function?.split('(')[0], argumentsText(node)];
  return `${at}::${name}${sent}(${values})${KINDS[type] ?? ''}`;
}

/** What Drydock shows as bytes. */
const PRECOMPILES: Record<string, { takes: string; returns: string }> = {
  ecrecover: { takes: 'bytes32, uint8, uint256, uint256', returns: 'address' },
};

const isPrecompile = ({ contract }: CallNode): boolean => contract === 'precompile';

function argumentsText(node: CallNode): string {
  if (!isPrecompile(node)) return node.arguments.map(valueText).join(', ');
  return decoded(PRECOMPILES[node.function ?? '']?.takes, node.input);
}

function resultText(node: CallNode): string {
  if (!isPrecompile(node)) return (node.result ?? []).map(valueText).join(', ');
  return decoded(PRECOMPILES[node.function ?? '']?.returns, node.output);
}

const decoded = (types: string | undefined, bytes: string): string =>
  types === undefined
    ? ''
    : decodeAbiParameters(parseAbiParameters(types), bytes as Hex).join(', ');

function logText({ event, topics, data }: LogNode, isNamed: boolean): string {
  if (isNamed) return `emit ${event?.name}(${event?.arguments.map(valueText).join(', ')})`;
  return `emit ${topics.map((topic, i) => `topic ${i}: ${topic}`).join(' ')} data: ${data}`;
}

function endText(node: CallNode, { returned }: CastCall): string {
  const { type, output, error } = node;
  const bytes = output.slice(2);
  if (error) {
    const text = returned?.startsWith('custom error ')
      ? `custom error ${output.slice(0, 10)}: ${bytes.slice(8)}`.replace(/: $/, '')
      : error.arguments.map(valueText).join(', ');
    return `[Revert] ${text}`;
  }
  if (type.startsWith('CREATE')) return `[Return] ${bytes.length / 2} bytes of code`;
  if (output === '0x') return '[Return]';
  return `[Return] ${returned === null ? output : resultText(node)}`;
}

const valueText = (value: DecodedValue): string => String(plainOf(value));
