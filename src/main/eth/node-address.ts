/** User and password of an address are sent as HTTP wants them. */
export function nodeAddress(url: string): {
  address: string;
  authorization?: { authorization: string };
} {
  const address = new URL(url);
  if (!address.username && !address.password) return { address: url };
  const words = [address.username, address.password].map(decodeURIComponent).join(':');
  address.username = '';
  address.password = '';
  const authorization = `Basic ${Buffer.from(words).toString('base64')}`;
  return { address: address.toString(), authorization: { authorization } };
}
