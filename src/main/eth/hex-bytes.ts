/** @param hex with 0x */
export const bytesOf = (hex: string): Buffer => Buffer.from(hex.slice(2), 'hex');

/** With 0x. */
export const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`;
