import { shapes, type ToolOption, type ToolOptions } from '../tool-options.ts';

const { number, positive, amount, address, word, url, oneOf } = shapes;

const flag: ToolOption = {};
const compiles: ToolOption = { compiles: true };
const taking = (value: ToolOption['value']): ToolOption => ({ value });
const verbose: ToolOption = { letter: true };
const selector = /^[\w.*:/-]{1,200}$/;

/** One reason for several options. */
const refusing = (why: string, names: string): Record<string, string> =>
  Object.fromEntries(names.split(' ').map((name) => [name, why]));

/** The options of `forge script` 1.7.1, as its `--help` lists them. */
export const forgeOptions: ToolOptions = {
  tool: 'forge script',
  known: {
    slow: flag,
    legacy: flag,
    'priority-gas-price': taking(amount),
    'with-gas-price': taking(amount),
    'gas-estimate-multiplier': taking(positive),
    'skip-simulation': flag,
    timeout: taking(positive),
    threads: taking(positive),
    'disable-code-size-limit': flag,
    'disable-labels': flag,
    ...Object.fromEntries(['v', 'vv', 'vvv', 'vvvv', 'vvvvv'].map((v) => [v, verbose])),
    verify: { sends: true },
    verifier: {
      value: oneOf('etherscan', 'sourcify', 'blockscout', 'oklink', 'custom'),
      sends: true,
    },
    'verifier-url': { value: url, sends: true },
    retries: { value: positive, sends: true },
    delay: { value: number, sends: true },
    // Compiling.
    force: compiles,
    'dynamic-test-linking': compiles,
    skip: { value: { is: selector, what: 'a part of a file name' }, repeats: true, compiles: true },
    libraries: {
      value: {
        is: /^[^\s:]+:\w+:0x[0-9a-fA-F]{40}$/,
        what: 'file:Library:address, as in src/Lib.sol:Lib:0x…',
      },
      repeats: true,
      compiles: true,
    },
    'ignored-error-codes': { value: number, repeats: true, compiles: true },
    deny: { value: oneOf('never', 'warnings', 'notes'), compiles: true },
    'no-auto-detect': compiles,
    use: {
      value: { is: /^\d+\.\d+\.\d+$/, what: 'a version, as in 0.8.30' },
      compiles: true,
    },
    offline: compiles,
    'via-ir': compiles,
    'use-literal-content': compiles,
    'no-metadata': compiles,
    ast: compiles,
    'evm-version': {
      value: { is: /^[a-z][A-Za-z0-9]{1,30}$/, what: 'a version of the EVM, as in cancun' },
      compiles: true,
    },
    optimize: { value: oneOf('true', 'false'), bare: true, compiles: true },
    'optimizer-runs': { value: number, compiles: true },
    'revert-strings': {
      value: oneOf('default', 'strip', 'debug', 'verboseDebug'),
      compiles: true,
    },
    'extra-output': { value: { is: selector, what: 'a selector' }, repeats: true, compiles: true },
    'extra-output-files': {
      value: { is: selector, what: 'a selector' },
      repeats: true,
      compiles: true,
    },
    'build-info': compiles,
    // The EVM of the simulation.
    'rpc-timeout': taking(positive),
    'compute-units-per-second': taking(positive),
    'no-rpc-rate-limit': flag,
    'fork-retries': taking(number),
    'fork-retry-backoff': taking(number),
    'no-storage-caching': flag,
    'initial-balance': taking(amount),
    'live-logs': flag,
    'always-use-create-2-factory': flag,
    'create2-deployer': taking(address),
    'code-size-limit': taking(positive),
    'gas-price': taking(amount),
    'block-base-fee-per-gas': taking(amount),
    'tx-origin': taking(address),
    'block-coinbase': taking(address),
    'block-timestamp': taking(number),
    'block-number': taking(number),
    'block-difficulty': taking(number),
    'block-prevrandao': taking({ is: /^(0x[0-9a-fA-F]{1,64}|\d{1,78})$/, what: 'a number' }),
    'block-gas-limit': taking(positive),
    'memory-limit': taking(positive),
    'disable-block-gas-limit': flag,
    'enable-tx-gas-limit': flag,
    isolate: flag,
    network: taking(word),
    celo: flag,
  },
  refused: {
    ...refusing(
      'Drydock says itself where the run goes: choose the network.',
      'rpc-url fork-url chain fork-block-number insecure no-proxy eth-rpc-url',
    ),
    ...refusing(
      'Drydock sends, and continues what was cut off, by itself. Leave it out.',
      'broadcast resume unlocked non-interactive',
    ),
    ...refusing(
      'Who sends is an input of its own: --from or --account.',
      'sender account keystore',
    ),
    ...refusing('It is an input of its own: --password-file.', 'password-file'),
    ...refusing(
      'What runs is an input of its own: --script, --sig and --arg.',
      'sig target-contract',
    ),
    ...refusing(
      'A secret never stands on a command line, which other users of this machine can read. Let a keystore (--account) or an account of the chain (--from) sign, or read it from .env in the script.',
      'private-key private-keys mnemonic mnemonics mnemonic-passphrase mnemonic-passphrases mnemonic-derivation-path mnemonic-derivation-paths mnemonic-index mnemonic-indexes password etherscan-api-key verifier-api-key jwt-secret rpc-headers',
    ),
    ...refusing(
      'There is no terminal to ask in, and no other signer. Let a keystore (--account) or an account of the chain (--from) sign.',
      'interactive interactives ledger trezor aws gcp turnkey browser browser-port browser-disable-open',
    ),
    ...refusing(
      'Drydock reads the output of the run as it usually is. Leave it out.',
      'json md quiet color debug dump help',
    ),
    ...refusing(
      'Drydock finds folders and remappings in foundry.toml: set it there, or in a profile of it, and choose that with --profile.',
      'root config-path out contracts cache-path lib-paths remappings remappings-env hardhat build-info-path',
    ),
    ...refusing(
      'Drydock records one transaction after the other, on one chain. Leave it out.',
      'multi batch batch-size tempo.fee-token',
    ),
    'no-cache': 'To compile anew, give --force.',
    ffi: 'It lets scripts start any program: say ffi = true in foundry.toml, so that trust is asked for with it.',
  },
  short: {
    j: 'threads',
    s: 'sig',
    g: 'gas-estimate-multiplier',
    h: 'help',
    q: 'quiet',
    D: 'deny',
    o: 'out',
    C: 'contracts',
    R: 'remappings',
    i: 'interactive',
    l: 'ledger',
    t: 'trezor',
    r: 'rpc-url',
    k: 'insecure',
    n: 'network',
  },
};
