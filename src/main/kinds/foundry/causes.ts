import type { Fix } from '../../shared/errors.ts';
import { ADDRESS, HASH } from '../../shared/hex.ts';
import type { NetworkName } from '../../targets/chain/chain-target.ts';
import { allowLarger, ETHEREUM_CODE_SIZE, fundIt } from '../../targets/chain/remedies.ts';
import { TOO_LARGE } from './questions.ts';

export interface CauseContext {
  network: string;
  kind: NetworkName['kind'];
  codeSizeLimit: number | null;
  phase: string;
  /** The lines from the matching one to the end. */
  following: string[];
}

export interface Cause {
  code: string;
  pattern: RegExp;
  /** It appears as the reason for which the script reverted. */
  isRevert?: true;
  /** What happened, and what to do next. */
  message(match: RegExpExecArray, context: CauseContext): string;
  /** Whether it really is this cause, where the text alone doesn't show it. */
  applies?(match: RegExpExecArray, context: CauseContext): boolean;
  /** The remedy as a single step, where there is one. */
  fix?(match: RegExpExecArray, context: CauseContext): Fix | undefined;
}

const compileError: Cause = {
  code: 'COMPILE_ERROR',
  pattern: /^Error: Compiler run failed/,
  message: (_, { following }) => {
    const at = following.findIndex((line, i) => i > 0 && /^\w*Error( \(\d+\))?:/.test(line));
    const what = following[at]?.replace(/^\w*Error( \(\d+\))?: */, '').replace(/\.$/, '');
    const place = following
      .slice(at)
      .map((line) => /(?:--> )?([^\s:]+\.sol):(\d+):\d+/.exec(line))
      .find((match) => match !== null);
    const where = place
      ? `${place[1]} does not compile, line ${place[2]}`
      : 'The code does not compile';
    const deep = /stack too deep/i.test(what ?? '')
      ? 'Set via_ir = true in foundry.toml, or use fewer local variables'
      : 'Correct it';
    return `${where}: ${what ?? 'see the log'}. ${deep}, then deploy again.`;
  },
};

const largerContracts = (kind: CauseContext['kind']): string =>
  kind === 'remote'
    ? 'If the network takes larger ones, set code_size_limit in foundry.toml.'
    : 'To try it out all the same, let this chain take larger ones.';

const networkOf = ({ network: name, kind }: CauseContext): NetworkName => ({ name, kind });

/** Messages at forge's end, the most specific first. Seen with forge 1.7.1. */
export const errorCauses: Cause[] = [
  {
    code: 'IMPORT_NOT_FOUND',
    pattern: /^Error(?: \(\d+\))?: Source "(.+?)" not found/,
    message: ([, file]) =>
      `The import ${file} was not found. Install the library that it belongs to, or correct the path or the remapping, then deploy again.`,
  },
  compileError,
  {
    code: 'NO_COMPILER',
    pattern:
      /can't install missing solc (\S+) in offline mode|No solc version (?:installed|exists) that matches the version requirement: (\S.*)/,
    message: ([, exact, range]) => {
      const version = (exact ?? range ?? '').replace(/^=/, '').trim();
      return `There is no Solidity compiler ${version} on this machine. Go online so that forge can download it, or install the JavaScript build in the project: npm i -D solc@${/^\d+\.\d+\.\d+$/.test(version) ? version : '<version>'}.`;
    },
  },
  {
    code: 'NO_COMPILER',
    pattern:
      /no compiler versions are available|binaries\.soliditylang\.org|Failed to install solc|^Error: `solc` (\S+) does not exist/i,
    message: ([, path]) =>
      path
        ? `The Solidity compiler that foundry.toml names, ${path}, does not exist. Correct "solc" there, then deploy again.`
        : 'The Solidity compiler could not be downloaded. Go online and deploy again, or install the JavaScript build in the project: npm i -D solc@<version>.',
  },
  {
    code: 'ENV_MISSING',
    isRevert: true,
    pattern: /vm\.env\w+: environment variable "(.+?)" not found/,
    message: ([, name]) =>
      `The script needs the environment variable ${name}. Put ${name}=… into the .env file of the project, then deploy again.`,
  },
  {
    code: 'ENV_INVALID',
    isRevert: true,
    pattern: /vm\.env\w+: failed parsing \$(\S+) as type `?([^`:]+)`?: ?(.*)/,
    message: ([, name, type, reason = ''], { following }) => {
      // forge repeats the name with a mark under it, and then says what is wrong with the value.
      const said = /^parser error:?$/.test(reason)
        ? following.slice(1, 8).find((line) => /^[a-z]/i.test(line))
        : reason;
      return `The environment variable ${name} does not hold a ${type}${said ? ` (${said})` : ''}. Correct it where it is set, in the .env file of the project or in the environment, then deploy again.`;
    },
  },
  {
    code: 'FFI_DISABLED',
    isRevert: true,
    pattern: /FFI is disabled/,
    message: () =>
      'The script runs another program (vm.ffi), which forge does not do unless it is told to. If you trust what it runs, set ffi = true under [profile.default] in foundry.toml, then deploy again. The program runs with the rights of your user; in Docker it runs in the container and finds only what is installed there.',
  },
  {
    code: 'PATH_NOT_ALLOWED',
    isRevert: true,
    pattern: /the path (.+) is not allowed to be accessed for (read|write) operations/,
    message: ([, path, access]) =>
      `The script may not ${access} ${path}. Allow it under [profile.default] in foundry.toml, as in fs_permissions = [{ access = "${access}", path = "./" }], then deploy again.`,
  },
  {
    code: 'RPC_NOT_DEFINED',
    isRevert: true,
    pattern: /invalid rpc url: (\S+)/,
    message: ([, name]) =>
      `The script asks for the RPC ${name}, which is no address, and foundry.toml has no such entry. Add it under [rpc_endpoints], then deploy again.`,
  },
  {
    code: 'INSUFFICIENT_FUNDS',
    pattern: /insufficient funds|insufficient balance|lack of funds/i,
    message: (_, { network, kind }) =>
      `The sender has not enough ether on ${network} for the value and the gas. ${fundIt({ name: network, kind })}, or choose another sender, then deploy again.`,
  },
  {
    code: 'NONCE_TOO_LOW',
    pattern:
      /nonce too low|nonce changed unexpectedly|nonce.{0,30}already used|replacement transaction underpriced/i,
    message: (_, { network }) =>
      `The sender has sent something else to ${network} in the meantime, so that the planned nonces are taken. Deploy again once nothing else uses this account.`,
  },
  {
    code: 'CHAIN_ID_MISMATCH',
    pattern:
      /invalid chain ?id|chain ?id (?:mismatch|does not match|is incorrect)|wrong chain ?id/i,
    message: (_, { network, kind }) =>
      kind === 'remote'
        ? `The chain that answers has another chain id than ${network} should have. Correct the network's URL or its chain id, then deploy again.`
        : `A transaction is for another chain id than that of ${network}. Look for a chain_id in foundry.toml and for one in the script, then deploy again.`,
  },
  {
    code: 'CONTRACT_TOO_LARGE',
    pattern: TOO_LARGE,
    applies: ([, , size], { codeSizeLimit }) =>
      Number(size) > (codeSizeLimit ?? ETHEREUM_CODE_SIZE),
    message: ([, name, size], { network, kind, codeSizeLimit }) =>
      `${name} has ${size} bytes, over the limit of ${codeSizeLimit ?? ETHEREUM_CODE_SIZE} on ${network}. Nothing was sent. Turn the optimizer on in foundry.toml, or split the contract, then deploy again. ${largerContracts(kind)}`,
    fix: ([, , size], context) => allowLarger(Number(size), networkOf(context)),
  },
  {
    code: 'CONTRACT_TOO_LARGE',
    pattern: /max initcode size exceeded|max code size exceeded|CreateInitCodeSizeLimit/i,
    message: (_, { network, kind, codeSizeLimit }) =>
      `The code that creates a contract is over the limit of ${2 * (codeSizeLimit ?? ETHEREUM_CODE_SIZE)} bytes on ${network}. Turn the optimizer on in foundry.toml, or split the contract, then deploy again. ${largerContracts(kind)}`,
    fix: (_, context) =>
      allowLarger((context.codeSizeLimit ?? ETHEREUM_CODE_SIZE) + 1, networkOf(context)),
  },
  {
    code: 'NO_SIGNER',
    pattern: /Keystore file `"?(.+?)"?` does not exist/,
    message: ([, file]) =>
      `There is no keystore ${file?.split(/[\\/]/).at(-1)} for the account. See the names with "cast wallet list", or make it with "cast wallet import", then deploy again.`,
  },
  {
    code: 'NO_SIGNER',
    pattern: /password file `"?(.+?)"?` does not exist/,
    message: ([, file]) =>
      `There is no password file ${file}. Correct its path, then deploy again.`,
  },
  {
    code: 'NO_SIGNER',
    pattern: /No such device or address|Device not configured|not a terminal/,
    message: () =>
      'The keystore asks for its password, and there is no terminal to type it in. Name a password file for the account, then deploy again.',
  },
  {
    code: 'NO_SIGNER',
    pattern: /mac mismatch|failed to decrypt keystore|incorrect password/i,
    message: () =>
      'The password does not open the keystore. Correct the password file, then deploy again.',
  },
  {
    code: 'NO_SIGNER',
    pattern:
      /No Signer available|default sender|no wallets? found|No associated wallet|unknown account|Failed to get (?:account|wallet)/i,
    message: (_, { network, kind }) =>
      kind === 'remote'
        ? `Nothing can sign for the sender on ${network}. Give a keystore with --account and --password-file; if the script has a key of its own, leave the sender away.`
        : `Nothing can sign for the sender on ${network}. With a keystore, or when the script sends to a public network too, forge signs itself and needs a key for each sender; otherwise the chain signs for all. Leave the keystore away, or give the script its keys.`,
  },
  {
    code: 'OUT_OF_GAS',
    pattern:
      /intrinsic gas too (?:high|low)|exceeds block gas limit|gas required exceeds|out of gas|OutOfGas/i,
    message: (_, { network, kind }) =>
      `A transaction needs more gas than ${network} gives it. Let the script do less at a time${kind === 'remote' ? '' : `, or raise the limit of its blocks with "drydock chain set ${network} gas-limit 60000000"`}, then deploy again.`,
  },
  {
    code: 'RPC_REFUSED',
    pattern: /HTTP error (401|403|429)|\b(429) Too Many Requests|rate limit/i,
    message: ([, first, second], { network, kind }) => {
      const rpc = kind === 'fork' ? `The RPC that ${network} forks from` : `The RPC of ${network}`;
      return (first ?? second ?? '429') === '429'
        ? `${rpc} refuses more requests for now. Wait a little, or use another URL, then deploy again.`
        : `${rpc} does not accept the key in its URL. Correct the URL, then deploy again.`;
    },
  },
  {
    code: 'RPC_UNREACHABLE',
    pattern:
      /error sending request for url|tcp connect error|Connection refused|connection (?:reset|closed)|dns error|operation timed out|HTTP error 5\d\d/i,
    message: (_, { network, kind, phase }) => {
      const isOwn = kind !== 'remote';
      if (phase === 'broadcast') {
        const next = isOwn
          ? 'Start it again'
          : `Wait until it answers again ("drydock network test ${network}" asks it)`;
        return `${network} stopped answering in the middle of the run. ${next}; what had been sent is recorded, so look at it before you deploy again.`;
      }
      return isOwn
        ? `The chain ${network} does not answer. Start it again, then deploy again.`
        : `The RPC of ${network} does not answer. Check your connection and the network's URL, then deploy again.`;
    },
  },
  {
    code: 'BAD_ARGUMENT',
    pattern: /^Error: (?:parser error|encode length mismatch: expected (\d+) types, got (\d+))/,
    message: ([, expected, got], { following }) =>
      expected
        ? `The function takes ${expected} arguments, but ${got} were given. Give one value for each of its types.`
        : `An argument does not fit its type: "${following[1]?.trim() ?? ''}". Correct it, then deploy again.`,
  },
  {
    code: 'FUNCTION_NOT_FOUND',
    pattern:
      /Function `(.+?)` is not implemented in your script|Multiple functions with the same name `(.+?)`/,
    message: ([, missing, several]) =>
      missing
        ? `The script has no function ${missing}. Choose one that it has, then deploy again.`
        : `The script has several functions ${several}. Choose one with its types, as in ${several}(uint256).`,
  },
  {
    code: 'SCRIPT_NOT_FOUND',
    pattern:
      /Could not find target contract|Multiple contracts in the target path|^Error: No such file or directory|contract `?(\S+?)`? (?:was )?not found/i,
    message: () =>
      'The script file, or the contract in it, is not there any more. Choose the script again, then deploy.',
  },
  {
    code: 'NO_CODE',
    isRevert: true,
    pattern: new RegExp(`call to non-contract address (${ADDRESS})`),
    message: ([, address], { network }) =>
      `The script called ${address}, where there is no contract on ${network}. Check the address, and that what it needs has been deployed there.`,
  },
  {
    code: 'NO_RECEIPT',
    pattern: new RegExp(`Failure on receiving a receipt for (${HASH})`),
    message: ([, hash], { network }) =>
      `${network} gives no receipt for transaction ${hash}, which was sent. Look at it there before you deploy again.`,
  },
  {
    code: 'TRANSACTION_REVERTED',
    pattern: new RegExp(`Transaction Failure: (${HASH})`),
    message: ([, hash], { network }) =>
      `Transaction ${hash} was reverted on ${network}, though the simulation had passed. Look at its arguments and at what changed on the chain in the meantime.`,
  },
];

/** Causes found in the trace of a script that failed without a reason. */
export const traceCauses: Cause[] = [
  {
    code: 'ADDRESS_TAKEN',
    pattern: /\[CreateCollision\]/,
    message: (_, { network }) =>
      `The script deploys with CREATE2 to an address where ${network} has a contract already. Use another salt, or revert the chain to before it, then deploy again.`,
  },
  {
    code: 'INSUFFICIENT_FUNDS',
    pattern: /\[OutOfFunds?\]/,
    message: (_, { network, kind }) =>
      `The script sends more ether than its sender has on ${network}. ${fundIt({ name: network, kind })}, or send less, then deploy again.`,
  },
  {
    code: 'OUT_OF_GAS',
    pattern: /\[(?:OutOfGas|ReentrancySentryOOG|MemoryLimitOOG|MemoryOOG)\]/,
    message: () =>
      'A call in the script ran out of gas. Look for a loop without an end in the trace, or let the script do less at a time.',
  },
];

export const scriptFailed = /^Error: (?:script failed|Simulated execution failed)[.:]? ?(.*)$/;
