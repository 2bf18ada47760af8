import type { Logger } from 'pino';
import type { GatewayEvent } from '../../gateway/control/protocol.ts';
import type { Emit } from '../events/contract.ts';
import type { GatewayStore } from './store.ts';

interface NewsDependencies {
  store: Pick<GatewayStore, 'takeEvent' | 'transaction' | 'origins'>;
  emit: Emit;
  portIsBack: (chain: string) => Promise<void>;
  logger: Logger;
}

/** Tells what the gateway has told as events of this data folder, each once, whichever core hears it. */
export class GatewayNews {
  readonly #deps: NewsDependencies;
  /** Accounts that were told of since the last revert of their chain. */
  readonly #told = new Map<string, Set<string>>();

  constructor(deps: NewsDependencies) {
    this.#deps = deps;
  }

  readonly take = (event: GatewayEvent): void => {
    const { store } = this.#deps;
    store.transaction(() => {
      if (store.takeEvent(event.id)) this.#tell(event);
    });
  };

  /** A chain was taken back: its accounts are told of again. */
  reverted(chain: string): void {
    this.#told.delete(chain);
  }

  #tell(event: GatewayEvent): void {
    const { emit, logger, store } = this.#deps;
    const { chain, at } = event;
    switch (event.type) {
      case 'origin-refused': {
        const { origin, mayBeAllowed } = event;
        const isDecided = store.origins(chain).some((one) => one.origin === origin);
        if (mayBeAllowed && !isDecided) emit({ type: 'origin.refused', chain, origin }, at);
        return;
      }
      case 'nonce-mended': {
        const { account, from, to } = event;
        if (this.#isNew(chain, `mended ${account}`)) {
          emit({ type: 'nonce.mended', chain, account, from, to }, at);
        }
        return;
      }
      case 'nonce-off': {
        const { account, chainNonce, sentNonce } = event;
        if (this.#isNew(chain, `off ${account} ${sentNonce}`)) {
          emit({ type: 'nonce.off', chain, account, chainNonce, sentNonce }, at);
        }
        return;
      }
      case 'port-back':
        void this.#deps.portIsBack(chain);
        return;
      default:
        logger.info({ event }, 'the gateway tells');
    }
  }

  #isNew(chain: string, what: string): boolean {
    const told = this.#told.get(chain) ?? new Set();
    this.#told.set(chain, told);
    if (told.has(what)) return false;
    told.add(what);
    return true;
  }
}
