/** Source of the pattern of an address, for patterns of texts that have one in them. */
export const ADDRESS = '0x[0-9a-fA-F]{40}';
/** The same of a hash: of a transaction, a block or a code. */
export const HASH = '0x[0-9a-fA-F]{64}';

const whole = new RegExp(`^${ADDRESS}$`);

/** Whether a text has the shape of an address, in any case; its checksum is not looked at. */
export const isAddressShaped = (text: string): boolean => whole.test(text);

const wholeHash = new RegExp(`^${HASH}$`);

export const isHashShaped = (text: string): boolean => wholeHash.test(text);

/** Finds addresses in a text, never the beginning of a longer number. */
export const addressesIn = new RegExp(`${ADDRESS}(?![0-9a-fA-F])`, 'g');

/** The same of addresses and hashes. */
export const addressesAndHashesIn = new RegExp(`(?:${HASH}|${ADDRESS})(?![0-9a-fA-F])`, 'g');
