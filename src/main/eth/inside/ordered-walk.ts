interface Positioned {
  /** How many of the calls beside it came before; absent: all of them. */
  position?: string | number;
}

interface Calling<Call> {
  logs?: readonly Positioned[];
  calls?: readonly Call[];
}

type LogOf<Call extends { logs?: readonly Positioned[] }> = NonNullable<Call['logs']>[number];

/** A call as it begins, or a log that it wrote. */
type Happened<Call extends Calling<Call>> = { call: Call; log: LogOf<Call> | null };

/**
 * Everything that a call did in the order in which it happened, through any depth.
 *
 * @param isLeftOut with everything below
 */
export function* orderedWalk<Call extends Calling<Call>>(
  root: Call,
  isLeftOut: (call: Call) => boolean,
): Generator<Happened<Call>> {
  const open: { call: Call; logs: LogOf<Call>[]; wrote: number; called: number }[] = [];
  function* begin(call: Call): Generator<Happened<Call>> {
    if (isLeftOut(call)) return;
    const all = call.calls?.length ?? 0;
    const before = ({ position = all }: Positioned) => Number(position);
    const logs: LogOf<Call>[] = (call.logs ?? []).toSorted((a, b) => before(a) - before(b));
    open.push({ call, logs, wrote: 0, called: 0 });
    yield { call, log: null };
  }
  yield* begin(root);
  for (let at = open.at(-1); at; at = open.at(-1)) {
    const inner = at.call.calls?.[at.called];
    const log = at.logs[at.wrote];
    if (log && (!inner || Number(log.position ?? Number.POSITIVE_INFINITY) <= at.called)) {
      at.wrote++;
      yield { call: at.call, log };
    } else if (inner) {
      at.called++;
      yield* begin(inner);
    } else open.pop();
  }
}
