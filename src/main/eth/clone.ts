/**
 * The runtime code of a minimal proxy (https://eips.ethereum.org/EIPS/eip-1167): what pushes the
 * address, the address without the zeros that it begins with, and where it jumps to. Some have data
 * behind it, for arguments.
 */
const MINIMAL_PROXY =
  /^(?:0x)?363d3d373d3d3d363d(6[0-9a-f]|7[0-3])([0-9a-f]+)5af43d82803e903d9160([0-9a-f]{2})57fd5bf3(?:[0-9a-f]{2})*$/i;
/**
 * Shorter ones of whole addresses: without a return value of the delegate's size (Solady's and
 * others'), and with PUSH0 (https://eips.ethereum.org/EIPS/eip-7511).
 */
const SHORT_PROXIES = [
  /^(?:0x)?3d3d3d3d363d3d37363d73([0-9a-f]{40})5af43d3d93803e602a57fd5bf3$/i,
  /^(?:0x)?365f5f375f5f365f73([0-9a-f]{40})5af43d5f5f3e5f3d91602a57fd5bf3$/i,
];

/** PUSH20 pushes the whole address. */
const WHOLE = 20;
const PUSH_NOTHING = 0x5f;
/** Where the code of a whole address jumps to; that of a shorter one lies before it. */
const JUMP = 0x2b;

/** The address whose code a clone runs; null: the code is of no clone. */
export function implementationOf(runtimeCode: string): string | null {
  const short = SHORT_PROXIES.map((one) => one.exec(runtimeCode)?.[1]).find(Boolean);
  if (short) return `0x${short.toLowerCase()}`;
  const [, push = '', digits = '', jump = ''] = MINIMAL_PROXY.exec(runtimeCode) ?? [];
  const bytes = Number.parseInt(push, 16) - PUSH_NOTHING;
  const isClone = digits.length === bytes * 2 && Number.parseInt(jump, 16) === JUMP - WHOLE + bytes;
  return isClone ? `0x${digits.toLowerCase().padStart(WHOLE * 2, '0')}` : null;
}
