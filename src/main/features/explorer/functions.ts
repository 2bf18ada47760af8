import type { SourceFrame } from '../../eth/inside/running-code.ts';
import { isEntered, isEntry, sourceStack } from '../../eth/inside/source-stack.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { RanFunctions } from './contract/source.ts';
import { isByYul } from './source.ts';
import { ranAgain, type StepsParts, whyNone } from './steps.ts';

const FUNCTIONS_BY_YUL =
  'Compiled by way of Yul, which merges functions into each other: some are missing here, and one that others are equal to may be named after any of them.';

/** The functions that ran in a transaction, as far as their sources are known. */
export async function transactionFunctions(
  from: ReadNetwork,
  parts: StepsParts,
  { hash, limit }: { hash: string; limit: number },
): Promise<RanFunctions> {
  const done = await ranAgain(from, parts, hash);
  if ('problem' in done) return { functions: [], count: 0, problem: done.problem };
  const { run, calls } = done.ran;
  const functions: RanFunctions['functions'] = [];
  const told = new Set<SourceFrame | null>();
  let count = 0;
  for (const { frame, step } of run.functions()) {
    const at = run.step(step)?.place;
    // The way from a call into its function counts as the function.
    const isTold = isEntered(frame) && told.has(frame.caller);
    if (!at || frame.declaration === null || isTold) continue;
    told.add(frame);
    count++;
    if (functions.length >= limit) continue;
    functions.push({
      ...{ call: frame.call, depth: sourceStack(frame).length - 1 },
      isInternal: !isEntry(frame) && !isEntered(frame),
      ...{ contract: frame.declaration.contract, function: frame.declaration.name, step },
      ...{ file: at.source.path, line: at.source.lineAndColumn(at.start).line },
    });
  }
  const [reason] = calls.flatMap((_, call) => done.ran.missing(call) ?? []);
  const isMixed = calls.some((_, call) => isByYul(done.ran, call));
  const problem =
    count === 0
      ? whyNone(done.ran)
      : reason !== undefined
        ? `Not all functions are known: ${reason}.`
        : isMixed
          ? FUNCTIONS_BY_YUL
          : null;
  return { functions, count, problem };
}
