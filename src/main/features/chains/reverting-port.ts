import type { ChainGateway, HeldPort } from '../../targets/chain/chain-gateway.ts';

/** The port of a chain during a revert: requests of users' programs wait until it is let go, once. */
export class RevertingPort {
  readonly #gateway: ChainGateway;
  readonly #chain: string;
  #held: HeldPort | undefined;

  constructor(gateway: ChainGateway, chain: string) {
    this.#gateway = gateway;
    this.#chain = chain;
  }

  async hold(): Promise<void> {
    this.#held = await this.#gateway.hold(this.#chain);
  }

  /** As `HeldPort.remembered`. */
  async remembered(): Promise<void> {
    await this.#held?.remembered();
  }

  /** @param back as `HeldPort.release` */
  async release(back: boolean): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    await held?.release(back);
  }
}
