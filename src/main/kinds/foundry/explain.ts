import { endWords, signalOf } from '../../lib/processes/process-end.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import type { Failure } from '../../shared/run.ts';
import { forkFailure } from '../../targets/chain/fork-failure.ts';
import { type Cause, errorCauses, scriptFailed, traceCauses } from './causes.ts';
import type { ExplainInput } from './deploy-plan.ts';
import { withLibraries } from './missing-import.ts';

/** Explains why a run of forge failed, in one sentence with the next step. */
export function explainFailure(input: ExplainInput): Failure {
  const { lines, exitCode, signal = null } = input;
  const lacking = ofUpstream(input);
  if (lacking) return lacking;
  const known = find(errorCauses, input);
  if (known) return withLibraries(known, input);
  return (
    reverted(input) ??
    interrupted(exitCode, signal) ??
    lastError(lines) ?? {
      code: 'FORGE_FAILED',
      message: `forge ended with exit code ${exitCode} and gave no reason. Look at the end of the log.`,
      seq: lines.at(-1)?.seq,
    }
  );
}

/** Messages of forge itself; a script's own messages are indented. */
const isError = (line: string): boolean => /^(error\b|- |\S+Z ERROR )/i.test(line);

/** What the node itself says: what forge can't reach is another matter. */
function ofUpstream({ lines, network }: ExplainInput): Failure | undefined {
  for (const { seq, text } of lines) {
    const isOfNode = isError(text) && text.includes('server returned an error response');
    const failure = isOfNode ? forkFailure(network, text) : null;
    if (failure) return { ...failure, seq };
  }
  return undefined;
}

function find(causes: Cause[], input: ExplainInput): Failure | undefined {
  const { lines, network, codeSizeLimit, phase } = input;
  for (const { code, pattern, isRevert, applies, message, fix } of causes) {
    for (const [i, { seq, text }] of lines.entries()) {
      // A revert reason is the script's own text, whatever it resembles.
      const counts =
        causes === traceCauses || (isError(text) && scriptFailed.test(text) === Boolean(isRevert));
      const match = counts ? pattern.exec(text.trimEnd()) : null;
      if (!match) continue;
      const following = lines.slice(i, i + 200).map((line) => line.text);
      const { name, kind } = network;
      const context = { network: name, kind, codeSizeLimit, phase, following };
      if (applies?.(match, context) === false) continue;
      return { code, message: message(match, context), seq, fix: fix?.(match, context) };
    }
  }
  return undefined;
}

function reverted(input: ExplainInput): Failure | undefined {
  const line = input.lines.findLast(({ text }) => scriptFailed.test(text));
  if (!line) return undefined;
  const reason = scriptFailed.exec(line.text)?.[1]?.trim() ?? '';
  const isBare = reason === '' || /^EvmError: Revert$|^<empty revert data>$/.test(reason);
  if (isBare) {
    const inTrace = find(traceCauses, input);
    if (inTrace) return inTrace;
  }
  return {
    code: 'SCRIPT_REVERTED',
    message: isBare
      ? 'The script reverted and gave no reason. The trace in the log shows the call that failed.'
      : `The script reverted: ${asSentence(reason)} The trace in the log shows where.`,
    seq: line.seq,
  };
}

function interrupted(code: number | null, told: string | null): Failure | undefined {
  const signal = signalOf({ code, signal: told });
  if (code !== null && code <= 128 && signal === null) return undefined;
  return {
    code: 'INTERRUPTED',
    message: `forge ${endWords({ code: null, signal })} before it was done. What it had sent is recorded; look at it, then deploy again.`,
  };
}

function lastError(lines: ExplainInput['lines']): Failure | undefined {
  const line = lines.findLast(({ text }) => /^error:? ./i.test(text));
  if (!line) return undefined;
  const said = line.text.replace(/^error:? /i, '');
  return {
    code: 'FORGE_FAILED',
    message: `forge failed: ${asSentence(said)} The log shows what came before.`,
    seq: line.seq,
  };
}
