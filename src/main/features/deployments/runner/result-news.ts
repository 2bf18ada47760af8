import type { ContractsResult, Result } from '../../../shared/result.ts';

/** Determines what part of a result is not written yet. */
export class ResultNews {
  /** What was written last, by part. */
  readonly #written = new Map<string, string>();

  /** What `mergeResult` needs to produce the whole; null: nothing. */
  of(whole: Result): Result | null {
    switch (whole.family) {
      case 'contracts':
        return this.#ofContracts(whole);
      case 'services':
        return this.#isNew('services', whole) ? whole : null;
    }
  }

  /** Call once it is written. */
  written(news: Result): void {
    for (const [name, part] of partsOf(news)) this.#written.set(name, JSON.stringify(part));
  }

  #ofContracts(whole: ContractsResult): Result | null {
    const transactions = whole.transactions.filter((one) => this.#isNew(`${one.index}`, one));
    const contracts = this.#isNew('contracts', whole.contracts) ? whole.contracts : [];
    const hasSource = whole.source !== null && this.#isNew('source', whole.source);
    const isNothing = transactions.length === 0 && contracts.length === 0 && !hasSource;
    return isNothing ? null : { ...whole, transactions, contracts };
  }

  #isNew(name: string, part: unknown): boolean {
    return this.#written.get(name) !== JSON.stringify(part);
  }
}

function partsOf(news: Result): [string, unknown][] {
  if (news.family === 'services') return [['services', news]];
  return [
    ...news.transactions.map((one): [string, unknown] => [`${one.index}`, one]),
    ...(news.contracts.length > 0 ? [['contracts', news.contracts] as [string, unknown]] : []),
    ['source', news.source],
  ];
}
