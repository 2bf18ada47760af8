/** A shorter part is found in what has nothing to do with it. */
const SHORTEST = 10;

/**
 * What must not be found where a secret is not, by what it is: the value, its lines and parts, a key
 * as bytes and numbers, and all of them as programs write them. Made without the code that hides
 * secrets, which it judges.
 */
export function encoded(value: string): Map<string, string> {
  const found = new Map<string, string>();
  const add = (what: string, text: string) => {
    if (text.length >= SHORTEST && !found.has(text)) found.set(text, what);
  };
  for (const [part, text] of partsOf(value)) {
    add(part, text);
    const bytes = Buffer.from(text);
    add(`${part}, in JSON`, JSON.stringify(text).slice(1, -1));
    add(`${part}, in a URL`, encodeURIComponent(text));
    add(`${part}, in a form`, new URLSearchParams({ x: text }).toString().slice(2));
    add(`${part}, in hex`, bytes.toString('hex'));
    add(`${part}, in upper hex`, bytes.toString('hex').toUpperCase());
    add(`${part}, in base64`, unpadded(bytes.toString('base64')));
    add(`${part}, in base64url`, bytes.toString('base64url'));
    add(`${part}, backwards`, [...text].reverse().join(''));
  }
  return found;
}

function partsOf(value: string): [string, string][] {
  const parts: [string, string][] = [['the value', value]];
  const lines = value.split(/\r?\n/).filter((line) => !/^-----/.test(line));
  if (lines.length > 1)
    for (const [i, line] of lines.entries()) parts.push([`line ${i + 1}`, line]);
  const list = value.split(',');
  if (list.length > 1) for (const [i, one] of list.entries()) parts.push([`part ${i + 1}`, one]);
  const digits = /^(?:0x)?([0-9a-f]{64})$/i.exec(value)?.[1];
  if (!digits) return parts;
  const bytes = Buffer.from(digits, 'hex');
  return [
    ...parts,
    ['the key in lower case', digits.toLowerCase()],
    ['the key in upper case', digits.toUpperCase()],
    ['its first half', digits.toLowerCase().slice(0, 32)],
    ['its second half', digits.toLowerCase().slice(32)],
    ['the key as a number', BigInt(`0x${digits}`).toString()],
    ['the bytes of the key', bytes.toString('latin1')],
    ['the bytes of the key in base64', unpadded(bytes.toString('base64'))],
    ['the bytes of the key in base64url', bytes.toString('base64url')],
    ['the bytes of the key as a list', [...bytes].join(',')],
  ];
}

const unpadded = (text: string): string => text.replace(/=+$/, '');
