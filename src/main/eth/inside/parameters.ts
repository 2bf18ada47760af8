/** A parameter of a function as its source declares it. */
export interface Parameter {
  type: string;
  /** Empty where it has none. */
  name: string;
  location: 'memory' | 'storage' | 'calldata' | null;
}

const COMMENTS = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const MOST = 64;

/** @param text of a function, from its first word on */
export function parametersIn(text: string): Parameter[] {
  const plain = text.replace(COMMENTS, ' ');
  const open = plain.indexOf('(');
  if (open === -1) return [];
  const parts: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let i = open; i < plain.length && parts.length < MOST; i++) {
    const sign = plain[i];
    if (sign === '(' || sign === '[') depth++;
    else if (sign === ')' || sign === ']') depth--;
    const isEnd = depth === 0;
    if (isEnd || (sign === ',' && depth === 1)) {
      parts.push(plain.slice(from, i).trim());
      from = i + 1;
    }
    if (isEnd) break;
  }
  return parts.filter((part) => part !== '').map(parameterIn);
}

const LOCATION = /\s(memory|storage|calldata)(?=\s|$)/;

function parameterIn(part: string): Parameter {
  const location = (LOCATION.exec(part)?.[1] ?? null) as Parameter['location'];
  const words = part.replace(LOCATION, ' ').trim();
  const [, type = words, name = ''] = /^([\s\S]*?)(?:\s+([A-Za-z_$][\w$]*))?$/.exec(words) ?? [];
  const isPayable = name === 'payable';
  return { type: type.replace(/\s+/g, ' '), name: isPayable ? '' : name, location };
}

/** How many words of the stack it takes; null: that isn't known. */
export function stackSlots({ type, location }: Parameter): number | null {
  if (/^function\b/.test(type)) return null;
  const isDynamic = /\[\]$/.test(type) || type === 'bytes' || type === 'string';
  return location === 'calldata' && isDynamic ? 2 : 1;
}
