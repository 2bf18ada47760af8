const PUSH1 = 0x60;
const PUSH32 = 0x7f;

/** https://www.evm.codes */
export const OPCODES = { origin: 0x32, delegateCall: 0xf4, selfDestruct: 0xff } as const;

/** Whether an instruction stands in some code, hex; what stands behind the code may count, too. */
export function hasOpcode(code: string, opcode: number): boolean {
  for (let at = 2; at < code.length; ) {
    const found = Number.parseInt(code.slice(at, at + 2), 16);
    if (found === opcode) return true;
    const pushed = found >= PUSH1 && found <= PUSH32 ? found - PUSH1 + 1 : 0;
    at += (1 + pushed) * 2;
  }
  return false;
}
