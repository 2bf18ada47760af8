/**
 * Collects the keys that are asked for while an answer is under way, and asks for all of them at
 * once when it is there: there is never more than one call, and none that began before its caller
 * asked. A call that fails fails for those who wait for it, and for nobody after them.
 */
export function batched<Key, Value>(
  ask: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key) => Promise<Value | undefined> {
  let next: { keys: Set<Key>; answer: Promise<ReadonlyMap<Key, Value>> } | undefined;
  let underWay: Promise<unknown> = Promise.resolve();

  function begin() {
    const keys = new Set<Key>();
    const answer = underWay.then(() => {
      next = undefined;
      return ask([...keys]);
    });
    underWay = answer.catch(() => undefined);
    return { keys, answer };
  }

  return async (key) => {
    next ??= begin();
    next.keys.add(key);
    return (await next.answer).get(key);
  };
}
