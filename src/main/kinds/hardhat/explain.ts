import { endWords, signalOf } from '../../lib/processes/process-end.ts';
import type { Failure } from '../../shared/run.ts';
import type { NetworkName } from '../../targets/chain/chain-target.ts';
import { forkFailure } from '../../targets/chain/fork-failure.ts';
import { FAILURE_SHAPES, type FailureShape, sentence } from './failure-shapes.ts';

/** What a failed run has left to read. */
export interface ExplainInput {
  exitCode: number | null;
  /** That ended it, where the engine tells. */
  signal: string | null;
  /** The run's output lines without colours, the last few thousand. */
  lines: readonly Line[];
  network?: NetworkName;
}

interface Line {
  seq: number;
  text: string;
}

/** A line that begins with what was thrown: `Error: …`, `TypeError [CODE]: …`, `Error HHE15: …`. */
const THROWN = /^(?:Uncaught )?(?:Error|\w+(?:Error|Exception))\b.*?: ./;

/** What Node writes as its last, such as of memory that it didn't get. */
const CRASHED = /^FATAL ERROR: /;

/** Why a run has failed: a cause, a sentence with what to do, and the line that shows it. */
export function explainFailure(input: ExplainInput): Failure {
  const { exitCode, signal: told, lines } = input;
  const lacking = ofUpstream(input);
  if (lacking) return lacking;
  for (const shape of FAILURE_SHAPES) {
    const found = firstOf(lines, shape.mark);
    if (found) return failureOf(shape, found, lines);
  }
  const signal = signalOf({ code: exitCode, signal: told });
  if (exitCode === null || signal !== null) {
    const crash = lines.findLast(({ text }) => CRASHED.test(text));
    return {
      code: 'INTERRUPTED',
      message: `Hardhat ${endWords({ code: null, signal })} before it was done${crash ? `: ${crash.text.trim().replace(/\.$/, '')}` : ''}. What it had sent is recorded; look at it, then deploy again.`,
      ...(crash ? { seq: crash.seq } : {}),
    };
  }
  const last = lines.findLast(({ text }) => THROWN.test(text)) ?? lastSaid(lines);
  const exit = `ended with ${exitCode}`;
  return {
    code: 'TOOL_FAILED',
    message: last
      ? `Hardhat ${exit}. It said: ${sentence(last.text)} Correct that, then deploy again.`
      : `Hardhat ${exit}, and said nothing. Run the command of this deployment in a terminal to see why.`,
    ...(last ? { seq: last.seq } : {}),
  };
}

/** What the node itself says: what Hardhat can't reach is another matter. */
const OF_NODE = /failed to get |BlockOutOfRangeError|forks from does not answer|Fork Error/;

function ofUpstream({ lines, network }: ExplainInput): Failure | undefined {
  for (const { seq, text } of network ? lines : []) {
    const failure = network && OF_NODE.test(text) ? forkFailure(network, text) : null;
    if (failure) return { ...failure, seq };
  }
  return undefined;
}

function failureOf({ code, shows, message }: FailureShape, mark: Found, lines: readonly Line[]) {
  const shown = shows ? firstOf(lines, shows) : null;
  return { code, message: message(mark.found, shown?.found ?? null), seq: (shown ?? mark).seq };
}

interface Found {
  seq: number;
  found: RegExpExecArray;
}

function firstOf(lines: readonly Line[], mark: RegExp): Found | null {
  for (const { seq, text } of lines) {
    const found = mark.exec(text);
    if (found) return { seq, found };
  }
  return null;
}

const lastSaid = (lines: readonly Line[]) => lines.findLast(({ text }) => text.trim() !== '');
