export interface SearchQuery {
  text: string;
  matchCase: boolean;
  wholeWord: boolean;
  isRegex: boolean;
}

const special = /[\\^$.*+?()[\]{}|/-]/g;

/** The pattern that finds all matches of a query; null: its text is not a valid regular expression. */
export function patternOf({ text, matchCase, wholeWord, isRegex }: SearchQuery): RegExp | null {
  const source = isRegex ? text : text.replace(special, '\\$&');
  try {
    return new RegExp(wholeWord ? `(?<!\\w)(?:${source})(?!\\w)` : source, matchCase ? 'g' : 'gi');
  } catch {
    return null;
  }
}
