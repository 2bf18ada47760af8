import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { copyFixture, type FixtureName } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { stripFunctionBodies } from '../../solidity/strip-function-bodies.ts';
import { detectFoundry } from './detect.ts';
import { forge } from './forge.ts';

let folder: string;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
const { scripts: scriptsIn } = forge({ dataFolder: '/nowhere' });

beforeEach(async () => {
  temporary = await temporaryFolder();
  folder = temporary.path;
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await temporary[Symbol.asyncDispose]();
});

async function project(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries({ 'foundry.toml': '', ...files })) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** `file Contract: signatures`, a line for each contract. */
async function listed(): Promise<string[]> {
  const scripts = await scriptsIn(folder);
  return scripts.flatMap((script) =>
    script.contracts.map(
      (c) => `${script.file} ${c.name}: ${c.functions.map((f) => f.signature).join(' ')}`,
    ),
  );
}

describe('detect', () => {
  test('a folder that is not there', async () => {
    expect(await detectFoundry(path.join(folder, 'gone'))).toBeNull();
  });

  test('a folder without a foundry.toml', async () => {
    expect(await detectFoundry(folder)).toBeNull();
  });

  test('a foundry.toml with a mistake: its line', async () => {
    await project({ 'foundry.toml': '[profile.default]\nsrc = "src"\nlibs = [\n' });
    expect(await detectFoundry(folder)).toMatchObject({
      kind: 'foundry',
      problems: [expect.stringMatching(/^foundry\.toml has a mistake in line \d+: .*Correct it/)],
    });
    await expect(scriptsIn(folder)).rejects.toMatchObject({ code: 'NOT_A_PROJECT' });
  });

  test('a foundry.toml that extends a file which is not there', async () => {
    await project({ 'foundry.toml': '[profile.default]\nextends = "base.toml"\n' });
    expect(await detectFoundry(folder)).toMatchObject({
      kind: 'foundry',
      problems: [expect.stringMatching(/^foundry\.toml extends .*base\.toml, which is not there/)],
    });
  });

  test('an empty one is a project, if without scripts', async () => {
    await project({});
    expect(await detectFoundry(folder)).toEqual({
      ...{ kind: 'foundry', label: 'Foundry', path: folder },
      ...{ evidence: ['foundry.toml'], problems: [] },
    });
    expect(await scriptsIn(folder)).toEqual([]);
  });
});

describe('scripts of real projects', () => {
  test.each<[FixtureName, string[]]>([
    ['token-vault', ['script/Deploy.s.sol Deploy: run() run(address,uint256)']],
    ['pair-factory', ['script/Deploy.s.sol Deploy: run() run(address)']],
    [
      'upgradeable',
      [
        'script/Deploy.s.sol Deploy: run() run(uint256,bytes32)',
        'script/Upgrade.s.sol Upgrade: run() run(address)',
      ],
    ],
  ])('%s', async (name, expected) => {
    await using fixture = await copyFixture(name);
    const scripts = await scriptsIn(fixture.folder);
    expect(
      scripts.flatMap((s) =>
        s.contracts.map(
          (c) => `${s.file} ${c.name}: ${c.functions.map((f) => f.signature).join(' ')}`,
        ),
      ),
    ).toEqual(expected);
    expect(scripts.filter((s) => s.isDefault).map((s) => s.file)).toEqual(['script/Deploy.s.sol']);
  });

  test('a script with a mistake inside a function can still be chosen', async () => {
    await using fixture = await copyFixture('broken');
    const scripts = await scriptsIn(fixture.folder);
    const syntax = scripts.find((s) => s.file === 'script/SyntaxError.s.sol');
    expect(syntax?.contracts[0]?.functions[0]?.signature).toBe('run()');
    expect(scripts.some((s) => s.isDefault)).toBe(false);
  });
});

describe('the functions of a script', () => {
  test('types are canonical, whatever they are called and wherever they are declared', async () => {
    await project({
      'remappings.txt': 'ships/=lib/ships/src/\n',
      'lib/ships/src/Ship.sol':
        'contract Ship { enum Flag { Red, Blue } struct Hull { uint length; Flag flag; } }',
      'src/Types.sol': `
        type Tons is uint128;
        struct Cargo { Tons tons; string[] labels; Crate[2] crates; }
        struct Crate { bytes32 id; address payable owner; }
        interface Dock {}`,
      'src/Again.sol': 'import "./Types.sol";',
      'script/Deploy.s.sol': `
        import {Cargo as Load, Dock} from "../src/Again.sol";
        import * as Everything from "../src/Types.sol";
        import "ships/Ship.sol";
        contract Deploy is Base {
          struct Own { bool yes; }
          function run(Load calldata load, Dock dock) external {}
          function run(Everything.Crate[] memory, Everything.Tons tons) public {}
          function run(Ship.Hull memory hull, Ship ship, Ship.Flag) external {}
          function run(uint a, int b, byte c, address payable d, Own[] memory e) external {}
          function run(function(uint) external returns (bool)[] calldata f) external {}
        }
        contract Base {}`,
    });
    const [script] = await scriptsIn(folder);
    expect(script?.contracts[0]?.functions.map((f) => f.signature)).toEqual([
      'run((uint128,string[],(bytes32,address)[2]),address)',
      'run((bytes32,address)[],uint128)',
      'run((uint256,uint8),address,uint8)',
      'run(uint256,int256,bytes1,address,(bool)[])',
      'run(function[])',
    ]);
    expect(script?.contracts[0]?.functions[0]?.inputs.map(({ named }) => named)).toEqual([
      '(uint128 tons,string[] labels,(bytes32 id,address owner)[2] crates)',
      undefined,
    ]);
    expect(script?.contracts[0]?.functions[1]?.inputs).toEqual([
      { name: '', type: '(bytes32,address)[]', named: '(bytes32 id,address owner)[]' },
      { name: 'tons', type: 'uint128' },
    ]);
  });

  test('inherited ones count, hidden and helping ones do not', async () => {
    await project({
      'script/Base.sol': `
        import {Script} from "./Script.sol";
        abstract contract Base is Script {
          constructor() {}
          receive() external payable {}
          fallback() external {}
          function setUp() public virtual {}
          function run() external virtual { deploy(); }
          function sweep(address to) public {}
          function deploy() internal virtual;
          function later() external virtual;
        }`,
      'script/Script.sol': 'contract Script { bool public IS_SCRIPT = true; }',
      'script/Deploy.s.sol': `
        import "./Base.sol";
        contract Helper { function help() external {} }
        library Tools { function tool() external {} }
        interface Face { function face() external; }
        abstract contract Half is Base {}
        contract Deploy is Half {
          function deploy() internal override {}
          function look() external view returns (uint256) {}
          function twice(uint256 x) public pure returns (uint256) { return 2 * x; }
          function run() external override { revert("} not the end"); }
          function later() external override {}
          function _hidden() private {}
        }`,
    });
    expect(await listed()).toEqual(['script/Deploy.s.sol Deploy: run() later() sweep(address)']);
  });

  test('a function whose types can not be found is left out, and a cycle ends', async () => {
    await project({
      'script/A.s.sol': `
        import "./B.s.sol";
        contract A is B { function run(Missing m) external {} function run() external {} }`,
      'script/B.s.sol': 'import "./A.s.sol"; contract B is A { function back() external {} }',
    });
    expect(await listed()).toEqual([
      'script/A.s.sol A: run() back()',
      'script/B.s.sol B: run() back()',
    ]);
  });
});

describe('the script folder', () => {
  test('is the one of the profile, and FOUNDRY_PROFILE chooses it', async () => {
    const script = 'contract Go { function run() external {} }';
    await project({
      'foundry.toml':
        '[profile.default]\nscript = "deploy"\n[profile.other]\nscript = "elsewhere"\n',
      'deploy/sub/One.s.sol': script,
      'deploy/Two.sol': script,
      'elsewhere/Three.s.sol': script,
    });
    expect(await listed()).toEqual(['deploy/sub/One.s.sol Go: run()', 'deploy/Two.sol Go: run()']);
    expect((await scriptsIn(folder))[0]?.isDefault).toBe(true);
    vi.stubEnv('FOUNDRY_PROFILE', 'other');
    expect(await listed()).toEqual(['elsewhere/Three.s.sol Go: run()']);
  });

  test('may link to itself and to nowhere', async () => {
    await project({ 'script/Deploy.s.sol': 'contract Deploy { function run() external {} }' });
    await symlink('..', path.join(folder, 'script', 'up'));
    await symlink('.', path.join(folder, 'script', 'self'));
    await symlink('gone', path.join(folder, 'script', 'Gone.s.sol'));
    expect(await listed()).toEqual(['script/Deploy.s.sol Deploy: run()']);
  });

  test('a file that makes no sense says where, and hides no other', async () => {
    await project({
      'script/Deploy.s.sol': 'contract Deploy { function run() external {} }',
      'script/Junk.s.sol': 'pragma solidity ^0.8.0;\ncontract { ]',
      'script/Null.s.sol': '\0\0\0',
    });
    const scripts = await scriptsIn(folder);
    expect(scripts.map((s) => [s.file, s.problem !== undefined])).toEqual([
      ['script/Deploy.s.sol', false],
      ['script/Junk.s.sol', true],
      ['script/Null.s.sol', true],
    ]);
    expect(scripts[1]?.problem).toMatch(/^Line 2: /);
  });

  test('nothing is taken in place of a script that can not be read', async () => {
    const good = 'contract Other { function run() external {} }';
    const broken = 'contract Deploy {\n  uint256 x = ;\n  function run() external {}\n}';
    const defaults = async () =>
      (await scriptsIn(folder)).flatMap(({ file, isDefault }) => (isDefault ? [file] : []));
    await project({ 'script/Deploy.s.sol': broken, 'script/Other.s.sol': good });
    expect(await defaults()).toEqual(['script/Deploy.s.sol']);
    await project({ 'script/Deploy.s.sol': '', 'script/Deploy.sol': broken });
    expect(await defaults()).toEqual(['script/Deploy.sol']);
    await project({ 'script/Deploy.sol': '', 'script/First.s.sol': broken });
    expect(await defaults()).toEqual([]);
  });

  test('scripts elsewhere are none as long as one of the script folder can not be read', async () => {
    await project({
      'script/Deploy.s.sol': 'contract Deploy {',
      'tools/Other.s.sol': 'contract Other { function run() external {} }',
    });
    expect((await scriptsIn(folder)).map(({ file }) => file)).toEqual(['script/Deploy.s.sol']);
  });

  test('a changed file is read again', async () => {
    await project({ 'script/Deploy.s.sol': 'contract Deploy { function run() external {} }' });
    expect(await listed()).toEqual(['script/Deploy.s.sol Deploy: run()']);
    await project({
      'script/Deploy.s.sol': 'contract Deploy { function run(uint8 x) external {} }',
    });
    expect(await listed()).toEqual(['script/Deploy.s.sol Deploy: run(uint8)']);
  });
});

describe('what forge runs too', () => {
  const base = 'abstract contract Script { bool public IS_SCRIPT = true; }';

  test('a script whose name ends in .sol alone', async () => {
    await project({
      'script/Deploy.sol': `${base} contract Deploy is Script { function run() external {} }`,
      'script/Amounts.sol': 'library Amounts { function half(uint x) external {} }',
    });
    expect(await listed()).toEqual(['script/Deploy.sol Deploy: run()']);
    expect((await scriptsIn(folder))[0]?.isDefault).toBe(true);
  });

  test('a run that is view or pure', async () => {
    await project({
      'script/A.s.sol': 'contract A { function run() external view {} }',
      'script/B.s.sol': 'contract B { function run(uint8 x) external pure {} }',
    });
    expect(await listed()).toEqual(['script/A.s.sol A: run()', 'script/B.s.sol B: run(uint8)']);
  });

  test('a run that is inherited from, and typed by, libraries of libraries', async () => {
    await project({
      'lib/outer/lib/inner/src/Base.sol':
        'struct Plan { uint256 x; } abstract contract Base { function run(Plan memory p) external {} }',
      'lib/outer/lib/inner/lib/core/contracts/Core.sol':
        'abstract contract Core { function run() external {} }',
      'lib/outer/remappings.txt': '@named/=lib/inner/src/\n',
      'script/A.s.sol': 'import {Base} from "inner/Base.sol"; contract A is Base {}',
      'script/B.s.sol': 'import "core/Core.sol"; contract B is Core {}',
      'script/C.s.sol': 'import {Base as X} from "@named/Base.sol"; contract C is X {}',
    });
    expect(await listed()).toEqual([
      'script/A.s.sol A: run((uint256))',
      'script/B.s.sol B: run()',
      'script/C.s.sol C: run((uint256))',
    ]);
  });

  test('a script outside of the script folder that is asked for by name', async () => {
    const source = `${base} contract Foo is Script { function go(uint8 x) external {} function run() external {} }`;
    await project({ 'test/Foo.sol': source, 'script/Deploy.s.sol': source });
    expect(await listed()).toEqual(['script/Deploy.s.sol Foo: run() go(uint8)']);
    const scripts = await scriptsIn(folder, { also: 'test/Foo.sol' });
    expect(scripts.map(({ file, isDefault }) => [file, isDefault])).toEqual([
      ['script/Deploy.s.sol', true],
      ['test/Foo.sol', false],
    ]);
    expect(await scriptsIn(folder, { also: 'test/Gone.sol' })).toHaveLength(1);
  });

  test('scripts elsewhere, when the script folder has none', async () => {
    await project({
      'scripts/Deploy.s.sol': 'contract Deploy { function run() external {} }',
      'scripts/Other.sol': 'contract Other { function run() external {} }',
      'lib/other/Theirs.s.sol': 'contract Theirs { function run() external {} }',
    });
    expect(await listed()).toEqual(['scripts/Deploy.s.sol Deploy: run()']);
  });

  test('one whose base is not there: its run is an assumption, and that is said', async () => {
    await project({
      'script/Ship.s.sol': 'import {Base} from "gone/Base.sol"; contract Ship is Base {}',
    });
    const [script] = await scriptsIn(folder);
    expect(script?.contracts).toEqual([
      {
        name: 'Ship',
        functions: [{ name: 'run', signature: 'run()', inputs: [] }],
        note: 'What Ship inherits from Base is not known: the import gone/Base.sol was not found. That it has a run() is an assumption.',
      },
    ]);
  });

  test('what was built tells the rest of a trusted folder', async () => {
    await project({
      'script/Ship.s.sol': 'import {Base} from "gone/Base.sol"; contract Ship is Base {}',
      'out/Ship.s.sol/Ship.json': JSON.stringify({
        abi: [
          { type: 'function', name: 'sail', inputs: [], stateMutability: 'nonpayable' },
          { type: 'function', name: 'IS_SCRIPT', inputs: [], stateMutability: 'view' },
          {
            type: 'function',
            name: 'run',
            stateMutability: 'view',
            inputs: [{ name: 'p', type: 'tuple[2]', components: [{ name: 'x', type: 'uint256' }] }],
          },
          'nonsense',
        ],
        metadata: { settings: { compilationTarget: { 'script/Ship.s.sol': 'Ship' } } },
      }),
    });
    const functions = async (trusted: boolean) =>
      (await scriptsIn(folder, { trusted }))[0]?.contracts[0]?.functions.map(
        ({ signature }) => signature,
      );
    expect(await functions(true)).toEqual(['run((uint256)[2])', 'sail()']);
    expect(await functions(false)).toEqual(['run()']);
  });
});

test('what helps scripts is no script, and is listed apart with its reason', async () => {
  await project({
    'script/HelperConfig.s.sol': `
      abstract contract Script {}
      contract HelperConfig is Script {
        struct Network { address feed; }
        function anvilConfig() public returns (Network memory) {}
      }`,
    'script/Deploy.s.sol':
      'import "./HelperConfig.s.sol"; contract Deploy is Script { function run() external {} }',
  });
  expect(await listed()).toEqual(['script/Deploy.s.sol Deploy: run()']);
  const scripts = await scriptsIn(folder);
  expect(scripts.find(({ isDefault }) => isDefault)?.file).toBe('script/Deploy.s.sol');
  expect(scripts.flatMap(({ leftOut = [] }) => leftOut)).toEqual([
    {
      name: 'HelperConfig',
      functions: [{ name: 'anvilConfig', signature: 'anvilConfig()', inputs: [] }],
      why: 'It has no run function.',
    },
  ]);
});

test('a library linked from outside is named as such, and read once the folder is trusted', async () => {
  await using outside = await temporaryFolder();
  await writeFile(
    path.join(outside.path, 'Base.sol'),
    'contract Base { function run(uint8 x) external {} }',
  );
  await project({ 'script/A.s.sol': 'import "far/Base.sol"; contract A is Base {}' });
  await mkdir(path.join(folder, 'lib'));
  await symlink(outside.path, path.join(folder, 'lib', 'far'));
  const [untrusted] = await scriptsIn(folder);
  expect(untrusted?.contracts[0]?.note).toMatch(
    /Base is not known: .*Base\.sol leads out of .*, to /,
  );
  const [trusted] = await scriptsIn(folder, { trusted: true });
  expect(trusted?.contracts[0]).toEqual({
    name: 'A',
    functions: [{ name: 'run', signature: 'run(uint8)', inputs: [{ name: 'x', type: 'uint8' }] }],
  });
});

test('leaving bodies out keeps declarations and lines', () => {
  const source = `contract A {
  struct S { uint256 a; } // } {
  string constant T = "} {";
  function run(S calldata s) external only({a: 1}) {
    if (true) { emit X('}'); /* } */ }
  }
  enum E { One }
}`;
  const bare = stripFunctionBodies(source.replace('only({a: 1}) ', ''));
  expect(bare.split('\n')).toHaveLength(source.split('\n').length);
  expect(bare).toContain('struct S { uint256 a; }');
  expect(bare).toContain('string constant T = "} {";');
  expect(bare).toContain('enum E { One }');
  expect(bare).not.toContain('emit');
});
