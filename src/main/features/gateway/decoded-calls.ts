import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { JournalPage } from '../../gateway/control/protocol.ts';
import type { Journal, JournalCall } from './contract.ts';
import { decoded, type NamedCall } from './journal.ts';

type Noted = JournalPage['calls'][number];
type Lists = Pick<Journal, 'calls' | 'slow' | 'errors'>;

/** What noted calls say: a call that is understood is decoded once, however often it is listed. */
export class DecodedCalls {
  /** By chain and call; of those that were listed last. */
  readonly #known = new Map<string, ReadonlyMap<string, NamedCall>>();

  /** @param names null: the chain doesn't respond */
  async of(chain: string, page: JournalPage, names: NetworkNames | null): Promise<Lists> {
    const known = this.#known.get(chain);
    const listed = new Map<string, Promise<NamedCall>>();
    const one = async (noted: Noted): Promise<JournalCall> => {
      const key = keyOf(noted);
      const found = listed.get(key) ?? known?.get(key) ?? decoded(noted, names);
      const named = Promise.resolve(found);
      listed.set(key, named);
      return { ...noted, called: (await named).called };
    };
    const all = (calls: readonly Noted[]) => Promise.all(calls.map(one));
    const [calls, slow, errors] = await Promise.all([
      all(page.calls),
      all(page.slow),
      all(page.errors),
    ]);
    const settled = await Promise.all(
      [...listed].map(async ([key, it]) => [key, await it] as const),
    );
    this.#known.set(chain, new Map(settled.filter(([, { isSettled }]) => isSettled)));
    return { calls, slow, errors };
  }

  /** What addresses are called has changed. */
  forget(): void {
    this.#known.clear();
  }
}

/** Numbers begin anew with each gateway. */
const keyOf = ({ id, at }: Noted): string => `${id} ${at}`;
