/** An ABI as a constant of TypeScript, of which libraries infer types: `Vault` becomes `vaultAbi`. */
export function abiConstant(name: string, abi: readonly unknown[]): string {
  const plain = name.replaceAll(/[^\w$]/g, '') || 'contract';
  const word = /^\d/.test(plain) ? `_${plain}` : plain;
  return `export const ${word.charAt(0).toLowerCase()}${word.slice(1)}Abi = ${JSON.stringify(abi, null, 2)} as const;`;
}
