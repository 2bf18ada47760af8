const MASKED = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const PARTS = /\b(?:contract|library|interface)\s+([\w$]+)|\benum\s+([\w$]+)\s*\{([^{}]*)\}|[{}]/g;
/** The compiler takes no more. */
const MOST_MEMBERS = 256;

/**
 * The members of the enums that sources declare, by the names that ABIs and storage layouts have for
 * them: `Mode`, or `Pool.Mode` of one within a contract. Of a name that is declared in several ways
 * nothing is told. Reads what can't be parsed, too.
 */
export function enumsIn(texts: Iterable<string>): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const unclear = new Set<string>();
  for (const text of texts) {
    for (const [name, members] of enumsOf(text)) {
      const known = found.get(name);
      if (known && known.join() !== members.join()) unclear.add(name);
      found.set(name, members);
    }
  }
  for (const name of unclear) found.delete(name);
  return found;
}

function* enumsOf(text: string): Generator<[name: string, members: string[]]> {
  if (!text.includes('enum')) return;
  /** The contract that each open bracket is of; null: of none. */
  const open: (string | null)[] = [];
  let contract: string | null = null;
  for (const [part, named, name, list] of text.replace(MASKED, ' ').matchAll(PARTS)) {
    if (named !== undefined) contract = named;
    else if (name !== undefined) {
      const within = open.findLast((one) => one !== null);
      const members = (list ?? '').split(',').map((one) => one.trim());
      if (members.length > MOST_MEMBERS || !members.every((one) => /^[A-Za-z_$][\w$]*$/.test(one)))
        continue;
      yield [within ? `${within}.${name}` : name, members];
    } else if (part === '}') open.pop();
    else {
      open.push(contract);
      contract = null;
    }
  }
}
