/**
 * The code of the factory that tools bring to each chain for what they create with CREATE2:
 * https://github.com/Arachnid/deterministic-deployment-proxy
 */
const CREATE2_FACTORY =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3';

/** As traces of tools name it. */
const CREATE2_NAME = 'Create2Deployer';

/** What code that no project has compiled is called by everybody; null: it has no such name. */
export const wellKnownContract = (code: string): string | null =>
  code.toLowerCase() === CREATE2_FACTORY ? CREATE2_NAME : null;

/** Its calls have no selector: they begin with the salt. */
export const isCreate2Factory = (name: string | null | undefined): boolean => name === CREATE2_NAME;
