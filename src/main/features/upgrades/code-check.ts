import type { Finding } from './contract.ts';
import type { NewCode } from './new-code.ts';

/** What upgradeable code must not do: https://eips.ethereum.org/EIPS/eip-6049 */
const SELFDESTRUCT = 0xff;
const PUSH1 = 0x60;
const PUSH32 = 0x7f;
const CODE_LIMIT = 24_576;

/** What new code does to a proxy by itself, and whether a chain takes it. */
export function checkCode({ name, runtime }: NewCode): Finding[] {
  if (runtime === null) return [];
  const called = name ?? 'The new code';
  const bytes = Buffer.from(runtime.slice(2), 'hex');
  const findings: Finding[] = [];
  if (destructs(bytes)) {
    findings.push({
      ...{ level: 'warning', topic: 'code', detail: null },
      message: `${called} can destroy itself, and the proxy's ether with it.`,
    });
  }
  if (bytes.length > CODE_LIMIT) {
    findings.push({
      ...{ level: 'error', topic: 'code', detail: null },
      message: `${called} has ${bytes.length} bytes of code; Ethereum takes ${CODE_LIMIT}.`,
    });
  }
  return findings;
}

/** Metadata at the end may hold any byte. */
function destructs(code: Buffer): boolean {
  const length = code.length < 2 ? 0 : code.readUInt16BE(code.length - 2) + 2;
  const end = length < code.length ? code.length - length : code.length;
  for (let at = 0; at < end; at++) {
    const opcode = code[at] ?? 0;
    if (opcode === SELFDESTRUCT) return true;
    if (opcode >= PUSH1 && opcode <= PUSH32) at += opcode - PUSH1 + 1;
  }
  return false;
}
