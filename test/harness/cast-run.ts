import { execFile } from 'node:child_process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { getAddress, type Hex } from 'viem';
import { z } from 'zod';
import { findTool } from '#main/engines/process/tools.ts';
import { cast } from '#main/kinds/foundry/tools.ts';
import { temporaryFolder } from './folder.ts';

const run = promisify(execFile);
/** Bytes. */
const MOST_PRINTED = 2 ** 28;
/** Of its tree, in columns. */
const INDENT = 4;

const trace = z.object({
  ...{ depth: z.int(), success: z.boolean(), status: z.string(), kind: z.string() },
  ...{ caller: z.string(), address: z.string(), value: z.string() },
  ...{ data: z.string(), output: z.string() },
  ...{ gas_used: z.int(), gas_limit: z.int(), gas_refund_counter: z.int() },
  decoded: z.object({
    return_data: z.string().nullable(),
    call_data: z.object({ signature: z.string(), args: z.array(z.string()) }).nullable(),
  }),
});

const log = z.object({
  address: z.string(),
  raw_log: z.object({ topics: z.array(z.string()), data: z.string() }),
  decoded: z.object({ name: z.string().nullable() }),
  position: z.int(),
});

const printed = z.object({
  arena: z.array(
    z.object({
      children: z.array(z.int()),
      trace,
      logs: z.array(log),
      ordering: z.array(z.union([z.object({ Call: z.int() }), z.record(z.string(), z.unknown())])),
    }),
  ),
});
type Node = z.infer<typeof printed>['arena'][number];

/** A call as cast has run it. Addresses have checksums. */
export interface CastCall {
  depth: number;
  type: string;
  from: string;
  to: string;
  value: string;
  input: string;
  output: string;
  failed: boolean;
  /** What it was given, and used: of the transaction's own call without what comes before it. */
  gas: bigint;
  gasUsed: bigint;
  /** What its instructions have earned back, before the limit. */
  refund: bigint;
  logs: { address: string; topics: string[]; data: string; position: number; isNamed: boolean }[];
  /** What cast knows without an ABI; null: it shows the bytes. */
  signature: string | null;
  returned: string | null;
}

export interface CastLine {
  depth: number;
  text: string;
}

export interface CastRun {
  calls: CastCall[];
  /**
   * The tree without the lines that draw it, the short form of long numbers, the guessed names of
   * what events hold, and whether what returned nothing ended with STOP or RETURN.
   */
  lines: CastLine[];
  gasUsed: string;
}

/**
 * What `cast run` says of a transaction, as data and as it prints it. It has no configuration, no
 * cache and no way to any other server than the node. Rejects when it can't run the transaction.
 */
export async function castRun(hash: string, url: string): Promise<CastRun> {
  await using home = await temporaryFolder();
  const env = { ...process.env, HOME: home.path, FOUNDRY_OFFLINE: 'true', NO_COLOR: '1' };
  const asked = async (...form: string[]) => {
    // By itself it takes the rules of an older fork.
    const args = ['run', hash, '--rpc-url', url, '--no-proxy', '--evm-version', 'osaka', ...form];
    const options = { env, cwd: home.path, maxBuffer: MOST_PRINTED };
    return (await run(findTool(cast).path, args, options)).stdout;
  };
  const [json, text] = await Promise.all([asked('--json'), asked()]);
  const { arena } = printed.parse(JSON.parse(json));
  const [, tree = '', gasUsed = ''] =
    /^Traces:\n([\s\S]*?)\n\n[\s\S]*^Gas used: (\d+)$/m.exec(stripVTControlCharacters(text)) ?? [];
  return { calls: [...callsIn(arena)], lines: linesOf(tree), gasUsed };
}

function* callsIn(arena: readonly Node[], at = 0): Generator<CastCall> {
  const { trace: own, logs, ordering, children } = arena[at] as Node;
  yield {
    ...{ depth: own.depth, type: own.kind, failed: !own.success },
    ...{ from: getAddress(own.caller), to: getAddress(own.address) },
    ...{ value: BigInt(own.value).toString(), input: own.data, output: own.output },
    gas: BigInt(own.gas_limit),
    // What halts takes all that it was given: cast has what it used until then.
    gasUsed: BigInt(own.success || own.status === 'Revert' ? own.gas_used : own.gas_limit),
    refund: BigInt(own.gas_refund_counter),
    logs: logs.map(({ address, raw_log, decoded, position }) => ({
      ...{ address: getAddress(address as Hex), ...raw_log, position },
      isNamed: decoded.name !== null,
    })),
    signature: own.decoded.call_data?.signature ?? null,
    returned: own.decoded.return_data,
  };
  for (const { Call: call } of ordering) {
    if (typeof call === 'number') yield* callsIn(arena, children[call]);
  }
}

/** What stands below the first line of an event belongs to it. */
function linesOf(tree: string): CastLine[] {
  const lines: CastLine[] = [];
  for (const line of tree.split('\n')) {
    const [drawn = ''] = /^[ │├└─]*/.exec(line) ?? [];
    const text = line
      .slice(drawn.length)
      .replace(/ \[\d(\.\d+)?e\d+\]/g, '')
      .replace(/^← \[Stop\]$/, '← [Return]')
      .replace(/^emit \w+\(.*\)$/, (event) => event.replace(/([(,] ?)\w+: /g, '$1'))
      .trimEnd();
    const last = lines.at(-1);
    if (last && /^(topic [123]|data): /.test(text)) last.text += ` ${text}`;
    else lines.push({ depth: Math.max(0, drawn.search(/[├└]/)) / INDENT, text });
  }
  return lines;
}
