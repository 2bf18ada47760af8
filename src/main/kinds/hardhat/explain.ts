import type { Failure } from '../../shared/run.ts';
import { FAILURE_SHAPES, type FailureShape, sentence } from './failure-shapes.ts';

/** What a failed run has left to read. */
export interface ExplainInput {
  exitCode: number | null;
  /** The run's output lines without colours, the last few thousand. */
  lines: readonly Line[];
}

interface Line {
  seq: number;
  text: string;
}

/** A line that begins with what was thrown: `Error: …`, `TypeError [CODE]: …`, `Error HHE15: …`. */
const THROWN = /^(?:Uncaught )?(?:Error|\w+(?:Error|Exception))\b.*?: ./;

/** Why a run has failed: a cause, a sentence with what to do, and the line that shows it. */
export function explainFailure({ exitCode, lines }: ExplainInput): Failure {
  for (const shape of FAILURE_SHAPES) {
    const found = firstOf(lines, shape.mark);
    if (found) return failureOf(shape, found, lines);
  }
  const last = lines.findLast(({ text }) => THROWN.test(text)) ?? lastSaid(lines);
  const exit = exitCode === null ? 'was ended' : `ended with ${exitCode}`;
  return {
    code: 'TOOL_FAILED',
    message: last
      ? `Hardhat ${exit}. It said: ${sentence(last.text)} Correct that, then deploy again.`
      : `Hardhat ${exit}, and said nothing. Run the command of this deployment in a terminal to see why.`,
    ...(last ? { seq: last.seq } : {}),
  };
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
