import { ETHEREUM_CODE_SIZE } from '../../targets/chain/remedies.ts';
import { NO_CODE } from './warning-of.ts';

/** `\`Big\` is above the contract size limit (26308 > 24576).` */
export const TOO_LARGE = /`?([^\s`]+)`? is above the contract size limit \((\d+) > (\d+)\)/;

const NO_TERMINAL = /^Error: IO error: not a terminal/;

/**
 * Questions that forge asks before it sends anything: whether to deploy code too large for
 * Ethereum, and whether to call an address without code. Without a terminal it ends there.
 */
export class Questions {
  readonly #codeSizeLimit: number;
  #asked = false;
  #tooLarge = false;
  #stopped = false;

  constructor(codeSizeLimit: number | null) {
    this.#codeSizeLimit = codeSizeLimit ?? ETHEREUM_CODE_SIZE;
  }

  heard(line: string): void {
    const size = TOO_LARGE.exec(line)?.[2];
    this.#tooLarge ||= Number(size ?? 0) > this.#codeSizeLimit;
    this.#asked ||= size !== undefined || NO_CODE.test(line);
    this.#stopped ||= NO_TERMINAL.test(line);
  }

  /** It ended with a question whose answer is yes, because the chain allows it. */
  get isYes(): boolean {
    return this.#stopped && this.#asked && !this.#tooLarge;
  }
}
