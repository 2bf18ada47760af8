import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findTool } from '../../engines/process/tools.ts';
import { AppError } from '../../shared/errors.ts';
import { checkArguments } from './arguments.ts';
import { cast } from './tools.ts';

const run = promisify(execFile);
const SENDER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

/** How Foundry parses the words: its scripts parse arguments with the same code. */
async function encodedByFoundry(signature: string, words: string[]): Promise<string> {
  const { stdout } = await run(findTool(cast).path, ['calldata', signature, '--', ...words]);
  return stdout.trim();
}

describe('what is accepted means the same to Foundry', () => {
  const good: [string, string[]][] = [
    ['run()', []],
    ['run(uint256)', ['0']],
    ['run(uint256)', [(2n ** 256n - 1n).toString()]],
    ['run(uint256)', ['0x1f']],
    ['run(uint256)', ['1e18']],
    ['run(uint256)', ['1.5 ether']],
    ['run(uint256)', ['20gwei']],
    ['run(uint256)', [' 7 ']],
    ['run(int8)', ['-128']],
    ['run(int256)', ['-0x10']],
    ['run(int256,int256[])', ['-5', '[1, -2]']],
    ['run(bool,bool)', ['true', 'FALSE']],
    ['run(address)', [SENDER]],
    ['run(address)', [SENDER.toLowerCase()]],
    ['run(address)', [SENDER.slice(2).toLowerCase()]],
    ['run(address)', [`0x${SENDER.slice(2).toUpperCase()}`]],
    ['run(bytes)', ['0x']],
    ['run(bytes)', ['']],
    ['run(bytes)', ['abcd']],
    ['run(bytes4)', ['0x01020304']],
    ['run(string)', ['hello, world']],
    ['run(string)', ['']],
    ['run(string)', ['"quoted"']],
    ['run(string)', [" it's (kept), as [it] is "]],
    ['run(string)', ["'a"]],
    ['run(string)', ['a"b\'c']],
    ['run(string)', ['two\nlines, ünïcödé 🚢']],
    ['run(string)', ['--broadcast']],
    ['run(string[])', ['["a, b", \'say "x"\', plain words]']],
    ['run(uint256[])', ['[]']],
    ['run(uint256[2][])', ['[[1,2],[3,4]]']],
    ['run((uint256,bool,string)[])', ['[(1,true,"a,b)"),(2,false,c)]']],
    ['run((address,(uint8,bytes2)),uint256)', [`(${SENDER},(255,0xabcd))`, '1']],
  ];
  test.each(good)('%s %j', async (signature, args) => {
    const { words, calldata } = checkArguments(signature, args);
    expect(await encodedByFoundry(signature, words)).toBe(calldata);
  });

  test('a text is taken literally', () => {
    const text = '  "quoted" ';
    const hex = Buffer.from(text).toString('hex');
    expect(checkArguments('run(string)', [text]).calldata).toContain(hex);
  });
});

describe('what is refused', () => {
  const wrong: [string, string[], RegExp][] = [
    [
      'run(uint256)',
      ['abc'],
      /^Argument 1 of run\(uint256\) must be a uint256 .*, but "abc" was given\.$/,
    ],
    ['run(address,uint256)', [SENDER, '-1'], /^Argument 2 .* from 0 to 2\^256-1/],
    ['run(uint256)', ['1.5'], /whole number/],
    ['run(uint256)', ['1_000'], /whole number/],
    ['run(uint256)', ['0.1gwei.'], /whole number/],
    ['run(uint256)', [''], /but nothing was given/],
    ['run(uint256)', [(2n ** 256n).toString()], /2\^256-1/],
    ['run(uint8)', ['256'], /from 0 to 2\^8-1/],
    ['run(int8)', ['-129'], /from -2\^7 to 2\^7-1/],
    ['run(bool)', ['1'], /true or false/],
    ['run(address)', ['0x12'], /an address \(0x and 40 hex digits\), but "0x12"/],
    ['run(address)', [SENDER.replace('f39F', 'F39f')], new RegExp(`right checksum \\(${SENDER}`)],
    ['run(bytes)', ['0xabc'], /even number of hex digits/],
    ['run(bytes4)', ['0x01'], /0x and 8 hex digits/],
    ['run(uint256[])', ['1,2'], /a list like \[1,2\].*begins with no bracket/],
    ['run(uint256[])', ['[1,2'], /"\]" is missing/],
    ['run(uint256[])', ['[1,zz]'], /but "zz" in "\[1,zz\]" was given/],
    ['run(uint256[2])', ['[1,2,3]'], /a list of exactly 2 values/],
    ['run((uint256,bool))', ['(1)'], /2 values in brackets, \(uint256,bool\)/],
    ['run(string[])', ['["a]'], /closing " is missing/],
    ['run(string[])', ['["it\'s" "x"]'], /is missing/],
    ['run()', ['1'], /^run\(\) takes no arguments, but 1 was given/],
    ['run(uint256)', [], /takes 1 argument, but 0 were given/],
    ['run(unit256)', ['1'], /not a function signature/],
    ['run', [], /not a function signature/],
  ];
  test.each(wrong)('%s %j', (signature, args, message) => {
    try {
      checkArguments(signature, args);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'BAD_ARGUMENT', data: { field: 'args' } });
      expect((error as AppError).message).toMatch(message);
      return;
    }
    throw new Error('It was accepted.');
  });
});
