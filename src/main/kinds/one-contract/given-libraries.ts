import { getAddress, type Hex } from 'viem';
import { AppError } from '../../shared/errors.ts';

interface Given {
  /** Absent: it is given by its name alone. */
  file?: string;
  name: string;
  address: Hex;
}

/** Libraries that a request says are there, as `Name=address` or `file:Name=address`. */
export class GivenLibraries {
  readonly #given: readonly Given[];
  readonly #used = new Set<Given>();

  constructor(texts: readonly string[]) {
    this.#given = texts.map((text) => {
      const [whole = '', address = ''] = text.split('=');
      const at = whole.lastIndexOf(':');
      const name = whole.slice(at + 1);
      return {
        name,
        address: getAddress(address.toLowerCase()),
        ...(at > 0 ? { file: whole.slice(0, at) } : {}),
      };
    });
  }

  get addresses(): Hex[] {
    return this.#given.map(({ address }) => address);
  }

  find(source: string, library: string): Hex | undefined {
    const fits = ({ file, name }: Given) =>
      name === library && (file === undefined || file === source || source.endsWith(`/${file}`));
    const found = this.#given.find(fits);
    if (found) this.#used.add(found);
    return found?.address;
  }

  /** Throws BAD_ARGUMENT for one that the contract doesn't need: its name may be mistyped. */
  mustBeUsed(contract: string): void {
    const unused = this.#given.find((one) => !this.#used.has(one));
    if (!unused) return;
    throw new AppError(
      'BAD_ARGUMENT',
      `${contract} needs no library ${unused.name} to be linked. Correct its name, or leave it out.`,
      { field: 'libraries' },
    );
  }
}
