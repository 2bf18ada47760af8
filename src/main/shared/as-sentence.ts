/** What somebody else says, at the end of a sentence: with one full stop, wherever it ends itself. */
export const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
