import type { Failure } from '../../shared/run.ts';

/** Ends a run with a failure that is explained. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}
