import type { Abi } from 'viem';
import { type AbiFunction, parseAbiItem } from 'viem';
import { signatureOf, typesOf } from './abi-index.ts';

/** What a name or signature stands for; more or fewer than one are those to choose from. */
export type Chosen = { item: AbiFunction } | { candidates: AbiFunction[] };

/** The functions of an ABI, each signature once: a proxy's and its logic's may be the same. */
export function functionsOf(abi: Abi): AbiFunction[] {
  const bySignature = new Map<string, AbiFunction>();
  for (const item of abi) {
    if (item.type !== 'function') continue;
    const signature = signatureOf(item);
    if (!bySignature.has(signature)) bySignature.set(signature, item);
  }
  return [...bySignature.values()];
}

/**
 * The function that is meant: by its name, of overloaded ones by the number of arguments or by the
 * signature, with or without names of parameters; what a signature says that it returns is taken for
 * that. One that the ABI doesn't have can be given with
 * what it returns, as in `fee()(uint256)` or `function fee() view returns (uint256)`.
 */
export function chooseFunction(abi: Abi, asked: string, argumentCount: number): Chosen {
  const all = functionsOf(abi);
  const wanted = asked.trim();
  const named = all.filter(({ name }) => name === wanted);
  const fitting = named.filter(({ inputs }) => inputs.length === argumentCount);
  const [only] = named.length === 1 ? named : fitting.length === 1 ? fitting : [];
  if (only) return { item: only };
  if (named.length > 0) return { candidates: fitting.length > 0 ? fitting : named };
  const written = parsed(wanted);
  if (!written) return { candidates: [] };
  const signature = signatureOf(written);
  const known = all.find((item) => signatureOf(item) === signature);
  if (known) return { item: returning(known, written) };
  if (written.outputs.length > 0) return { item: written };
  return { candidates: all.filter(({ name }) => name === written.name) };
}

/** What a signature says of what comes back counts, where it says another thing than the ABI. */
function returning(known: AbiFunction, { outputs }: AbiFunction): AbiFunction {
  const isSame = outputs.length === 0 || typesOf(outputs) === typesOf(known.outputs);
  return isSame ? known : { ...known, outputs };
}

const LONGEST = 2000;

function parsed(text: string): AbiFunction | null {
  const plain = text.replace(/^function\s+/, '');
  if (plain.length > LONGEST || !plain.includes('(')) return null;
  const returning = plain.replace(/^([^(]*\(.*\))\s*(\(.*\))$/, '$1 view returns $2');
  for (const one of [plain, returning]) {
    try {
      const item = parseAbiItem(`function ${one}`) as AbiFunction;
      if (item.type === 'function') return item;
    } catch {
      // It is none of that form.
    }
  }
  return null;
}
