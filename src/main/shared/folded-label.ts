/** What is compared: texts that differ only in case or in width name the same thing. */
export const foldedLabel = (label: string): string => label.normalize('NFKC').toLowerCase();
