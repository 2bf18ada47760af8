import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { projectFiles } from '../../lib/project-files.ts';
import { tokensOf } from '../../lib/source-tokens.ts';
import { askedVariables, inSource } from './asked-variables.ts';

test('sources ask for what they name, and some go on without it', () => {
  const source = `import { configVariable, vars } from "hardhat/config";
    const { OWNER, FEE: fee = "3" } = process.env;
    // process.env.COMMENTED
    const key = process.env.PRIVATE_KEY!;
    const rpc = process.env["RPC_URL"] ?? "http://127.0.0.1:8545";
    if (process.env.VERBOSE) { process.env.SET_HERE = "1"; }
    const network = process.env.NETWORK === "main" ? 1 : 2;
    const secret = configVariable("DEPLOYER_KEY");
    const of2 = vars.get("INFURA"), other = vars.get("OTHER", "x"), has = vars.has("THERE");
    const any = process.env[name];
  `;
  const { asked, problems } = inSource(tokensOf(source), 'hardhat.config.ts');
  expect(asked.map(({ name, place, isOptional }) => [name, place, isOptional])).toEqual([
    ['OWNER', 'hardhat.config.ts:2', false],
    ['FEE', 'hardhat.config.ts:2', true],
    ['PRIVATE_KEY', 'hardhat.config.ts:4', false],
    ['RPC_URL', 'hardhat.config.ts:5', true],
    ['VERBOSE', 'hardhat.config.ts:6', true],
    ['NETWORK', 'hardhat.config.ts:7', true],
    ['DEPLOYER_KEY', 'hardhat.config.ts:8', false],
    ['HARDHAT_VAR_INFURA', 'hardhat.config.ts:9', false],
    ['HARDHAT_VAR_OTHER', 'hardhat.config.ts:9', true],
    ['HARDHAT_VAR_THERE', 'hardhat.config.ts:9', true],
  ]);
  expect(problems).toEqual([
    'hardhat.config.ts:10 asks for a variable whose name only running it tells.',
  ]);
});

test('lines are counted over comments and templates of several', () => {
  const tokens = tokensOf('/* a\n b */ one `x\ny` two\r\n`p\n$' + '{three}\n` four\n');
  const lines = tokens.flatMap(({ kind, written, line }) =>
    kind === 'name' ? [[written, line]] : [],
  );
  expect(lines).toEqual([
    ['one', 2],
    ['two', 3],
    ['three', 5],
    ['four', 6],
  ]);
});

test('a script asks for what its imports and the configuration ask for', async () => {
  await using folder = await temporaryFolder();
  const files: Record<string, string> = {
    'hardhat.config.ts': 'import "dotenv/config"; export default { a: process.env.IN_CONFIG };',
    '.env': 'IN_CONFIG=1\n',
    'scripts/a.ts': 'import { b } from "./part.js"; b();',
    'scripts/part.ts': 'export const b = () => process.env.IN_PART;',
    'scripts/other.ts': 'console.log(process.env.IN_OTHER);',
  };
  await mkdir(path.join(folder.path, 'scripts'));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder.path, name), text);
  }
  const names = (script?: string) => {
    const { asked, given } = askedVariables(projectFiles(folder.path), script);
    expect(given).toContainEqual({ name: 'IN_CONFIG', file: '.env' });
    return asked.map(({ name }) => name).sort();
  };
  expect(names('scripts/a.ts')).toEqual(['IN_CONFIG', 'IN_PART']);
  expect(names()).toEqual(['IN_CONFIG', 'IN_OTHER', 'IN_PART']);
});
