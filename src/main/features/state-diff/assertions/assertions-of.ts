import type { Getter, NamedAccount } from '../naming/named-account.ts';
import { type Argument, argumentsIn, isSimpleType } from './variable-name.ts';

/** What is so in the later of two states, and not in the earlier one. */
export type Assertion =
  | { kind: 'balance'; value: string }
  | { kind: 'nonce'; value: string }
  | { kind: 'code'; hash: string }
  | { kind: 'getter'; getter: Getter; arguments: Argument[]; value: string; about: string }
  | { kind: 'slot'; slot: string; word: string; about: string };

export interface AssertedAccount {
  address: string;
  /** Of the contract, or what the user calls it. */
  name: string | null;
  assertions: Assertion[];
}

export interface Asserted {
  accounts: AssertedAccount[];
  /** How many assertions there would be beyond these. */
  left: number;
  /** Accounts of which nothing is asserted: the chain writes into them at each block. */
  system: string[];
}

/** More are of no use to a reader, and slow to compile. */
const MOST = 5000;

export function assertionsOf(accounts: Iterable<NamedAccount>): Asserted {
  const asserted: Asserted = { accounts: [], left: 0, system: [] };
  let count = 0;
  for (const account of accounts) {
    if (account.system !== null) {
      asserted.system.push(account.change.address);
      continue;
    }
    const all = ofAccount(account);
    const fitting = all.slice(0, MOST - count);
    count += fitting.length;
    asserted.left += all.length - fitting.length;
    if (fitting.length === 0) continue;
    asserted.accounts.push({
      address: account.change.address,
      name: account.label ?? account.contract,
      assertions: fitting,
    });
  }
  return asserted;
}

function ofAccount({ change, codeHash, variables, getters }: NamedAccount): Assertion[] {
  const { balance, nonce, code, slots } = change;
  const found: Assertion[] = [];
  if (balance) found.push({ kind: 'balance', value: balance.after });
  if (nonce) found.push({ kind: 'nonce', value: nonce.after });
  if (code) found.push({ kind: 'code', hash: codeHash });
  const bySlot = Map.groupBy(variables, ({ slot }) => slot);
  const isThere = code?.after !== '0x';
  for (const { slot, after } of slots) {
    const parts = bySlot.get(slot) ?? [];
    const asked = isThere ? parts.map((part) => getterFor(part, getters)) : [];
    const whole = asked.filter((one) => one !== null);
    if (parts.length > 0 && whole.length === parts.length) found.push(...whole);
    else {
      const about = parts.map(({ name }) => name ?? '').join(', ');
      found.push({ kind: 'slot', slot, word: after, about });
    }
  }
  return found;
}

function getterFor(
  { name, type, after }: NamedAccount['variables'][number],
  getters: readonly Getter[],
): Assertion | null {
  const called = name === null ? null : argumentsIn(name);
  if (!called || type === null) return null;
  const getter = getters.find(
    (one) => one.name === called.name && one.inputs.length === called.texts.length,
  );
  if (!getter || !isSimpleType(getter.output) || !isOfType(after, getter.output)) return null;
  const values = getter.inputs.map((type, i) => ({ type, text: called.texts[i] ?? '' }));
  if (!values.every(({ type, text }) => isSimpleType(type) && isOfType(text, type))) return null;
  return { kind: 'getter', getter, arguments: values, value: after, about: name ?? '' };
}

/** Whether a text is a value of a type, as it is told of variables. */
function isOfType(text: string, type: string): boolean {
  if (type === 'address') return /^0x[0-9a-fA-F]{40}$/.test(text);
  if (type === 'bool') return text === 'true' || text === 'false';
  if (/^u?int/.test(type)) return /^-?\d+$/.test(text);
  const size = /^bytes(\d+)$/.exec(type)?.[1];
  if (size) return text.length === 2 + Number(size) * 2 && /^0x[0-9a-f]*$/.test(text);
  if (type === 'bytes') return /^0x([0-9a-f]{2})*$/.test(text);
  // What is no text is not known byte by byte.
  return type === 'string' && !text.includes('\ufffd');
}
