import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { findTool } from '../../engines/process/tools.ts';
import { checkedOptions } from '../tool-options.ts';
import { forgeOptions } from './forge-options.ts';
import { forge } from './tools.ts';

const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

test('every option that forge lists is known or refused', () => {
  const help = execFileSync(findTool(forge).path, ['script', '--help'], { encoding: 'utf8' });
  const listed = [...help.matchAll(/^ +(?:-\w, +)?--([\w.-]*\w)/gm)].map(([, name]) => name);
  const { known, refused, short } = forgeOptions;
  const ours = new Set([...Object.keys(known), ...Object.keys(refused)]);
  expect(listed.length).toBeGreaterThan(100);
  // Known by its letters.
  expect(listed.filter((name) => !ours.has(name as string))).toEqual(['verbosity']);
  for (const long of Object.values(short ?? {})) expect(ours).toContain(long);
});

test.each([
  [
    ['--slow', 'legacy', ' -vvv '],
    ['--slow', '--legacy', '-vvv'],
  ],
  [['--gas-estimate-multiplier=200'], ['--gas-estimate-multiplier=200']],
  [['-g=200'], ['--gas-estimate-multiplier=200']],
  [
    ['--optimize', '--optimizer-runs=1'],
    ['--optimize', '--optimizer-runs=1'],
  ],
  [['--optimize=false'], ['--optimize=false']],
  [['--with-gas-price=1.5gwei'], ['--with-gas-price=1.5gwei']],
  [
    ['--skip=test', '--skip=Old'],
    ['--skip=test', '--skip=Old'],
  ],
])('%j is passed on as %j', (given, passed) => {
  expect(checkedOptions(forgeOptions, given)).toEqual(passed);
});

test.each([
  [
    '--slowly',
    'Drydock knows no option --slowly of forge script. Did you mean --slow? "forge script --help"',
  ],
  ['--rpc-url=http://x', "--rpc-url can't be passed on. Drydock says itself where the run goes"],
  ['--broadcast', 'Drydock sends, and continues'],
  ['--resume', 'Drydock sends, and continues'],
  ['--sender=0x1', 'Who sends is an input of its own: --from or --account.'],
  ['--unlocked', "can't be passed on"],
  ['--json', 'Drydock reads the output'],
  [`--private-key=${KEY}`, 'A secret never stands on a command line'],
  ['--mnemonics=a b c', 'A secret never stands on a command line'],
  ['--password=x', 'A secret never stands on a command line'],
  ['--ffi', 'say ffi = true in foundry.toml'],
  ['--out=elsewhere', 'choose that with --profile'],
  ['--optimizer-runs', '--optimizer-runs needs a value. Give a whole number'],
  ['--optimizer-runs=many', 'The value of --optimizer-runs is wrong. Give a whole number.'],
  ['--via-ir=yes', '--via-ir takes no value'],
  ['--use=./solc', 'Give a version, as in 0.8.30.'],
  ['--verifier-url=https://x.io/api?key=1', 'holds no key'],
  ['--via-ir --slow', 'Give each option by itself'],
  ['constructor', 'no option --constructor of forge script. "forge'],
  ['', 'Give each option by itself'],
])('%s is refused with its reason', (text, reason) => {
  const check = () => checkedOptions(forgeOptions, [text]);
  expect(check).toThrow(reason);
  expect(check).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
  expect(check).not.toThrow(KEY);
});

test('none is given twice, and a value that looks like a key is refused as one', () => {
  expect(() => checkedOptions(forgeOptions, ['--slow', '--slow'])).toThrow('--slow is given twice');
  const key = () => checkedOptions(forgeOptions, [`--block-prevrandao=${KEY}`]);
  expect(key).toThrow(expect.objectContaining({ code: 'SECRET_ARGUMENT' }));
  expect(key).not.toThrow(KEY);
});

test.each([KEY, KEY.slice(2), `--private-key:${KEY}`, `--private-key${KEY}`, '--a\u001b[2J'])(
  'what is no name is not repeated: %j',
  (text) => {
    expect(() => checkedOptions(forgeOptions, [text])).toThrow(
      /^Drydock knows no such option of forge script\./,
    );
  },
);
