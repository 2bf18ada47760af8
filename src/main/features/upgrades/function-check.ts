import { type Abi, type AbiFunction, toFunctionSelector } from 'viem';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import { functionsOf } from '../../eth/inside/choose-function.ts';
import type { Finding } from './contract.ts';

export interface Abis {
  before: Abi;
  after: Abi;
  /** Of the proxy itself: it handles these itself, and delegates the rest. */
  proxy: Abi;
}

const found = (level: Finding['level'], message: string): Finding => ({
  ...{ level, topic: 'functions', message, detail: null },
});

/** What callers would find gone, changed or out of reach. */
export function checkFunctions({ before, after, proxy }: Abis): Finding[] {
  const now = bySelector(before);
  const next = bySelector(after);
  const own = bySelector(proxy);
  const findings: Finding[] = [];
  const lost: string[] = [];
  for (const [selector, item] of now) {
    const other = next.get(selector);
    if (!other) lost.push(signatureOf(item));
    else findings.push(...changedFunction(selector, item, other));
  }
  findings.push(...goneFunctions(lost));
  for (const [selector, item] of next) {
    const hiding = own.get(selector);
    if (!hiding || now.has(selector)) continue;
    findings.push(
      found(
        'error',
        `${signatureOf(item)} can't be reached: the proxy answers ${selector} itself, as ${signatureOf(hiding)}. Give it another name.`,
      ),
    );
  }
  return findings;
}

/** @param signatures of functions that callers find now */
export function goneFunctions(signatures: readonly string[]): Finding[] {
  if (signatures.length === 0) return [];
  return [
    {
      ...found('warning', `${count(signatures.length)} gone: calls fail from then on.`),
      detail: signatures.toSorted().join('\n'),
    },
  ];
}

/** What callers would find changed of a function, which has the same selector before and after. */
export function changedFunction(
  selector: string,
  item: AbiFunction,
  other: AbiFunction,
): Finding[] {
  const [was, is] = [signatureOf(item), signatureOf(other)];
  if (was !== is) {
    return [
      found(
        'error',
        `${is} has the selector of ${was} (${selector}): calls of one reach the other.`,
      ),
    ];
  }
  const findings: Finding[] = [];
  const reads = ({ stateMutability }: AbiFunction) =>
    stateMutability === 'view' || stateMutability === 'pure';
  if (reads(item) && !reads(other)) {
    findings.push(found('warning', `${is} could be read, and has to be sent from now on.`));
  }
  if (item.stateMutability === 'payable' && other.stateMutability !== 'payable') {
    findings.push(found('warning', `${is} takes no ether any more.`));
  }
  const outputs = ({ outputs: all }: AbiFunction) => all.map(typeText).join(',');
  if (outputs(item) !== outputs(other)) {
    findings.push(
      found('warning', `${is} returned (${outputs(item)}), and returns (${outputs(other)}).`),
    );
  }
  return findings;
}

type Typed = AbiFunction['outputs'][number];

const typeText = (one: Typed): string =>
  'components' in one
    ? `(${one.components.map(typeText).join(',')})${one.type.slice('tuple'.length)}`
    : one.type;

export const bySelector = (abi: Abi): Map<string, AbiFunction> =>
  new Map(functionsOf(abi).map((item) => [toFunctionSelector(item), item]));

const count = (n: number): string => (n === 1 ? '1 function is' : `${n} functions are`);
