/** Where the type's own words, one after the other, would not say it. */
const others: Readonly<Record<string, string>> = {
  'chain.ended': 'Chain ended without being stopped',
  'nonce.mended': 'Nonce corrected for a wallet',
  'nonce.off': 'Nonce of an account out of step',
  'origin.refused': 'Web page refused',
};

/** The type of an event in words: `deployment.ended` is “Deployment ended”. */
export function eventWords(type: string): string {
  const words = others[type] ?? type.replaceAll('.', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
