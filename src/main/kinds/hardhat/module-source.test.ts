import { expect, test } from 'vitest';
import { tokensOf } from '../../lib/source-tokens.ts';
import { modulesIn } from './module-source.ts';

const read = (source: string) => modulesIn(tokensOf(source));
const parametersOf = (body: string, before = '') =>
  read(`${before}\nexport default buildModule("M", (m) => { ${body} });`)[0]?.parameters;

test.each([
  ['m.getParameter("by", 7n)', { name: 'by', type: 'uint256', default: '7' }],
  ["m.getParameter('by', -7)", { name: 'by', type: 'int256', default: '-7' }],
  ['m.getParameter(`by`, 1_000n)', { name: 'by', type: 'uint256', default: '1000' }],
  ['m.getParameter("by", 0xffn,)', { name: 'by', type: 'uint256', default: '255' }],
  ['m.getParameter<bigint>("by", 7n)', { name: 'by', type: 'uint256', default: '7' }],
  ['m.getParameter<bigint>("by")', { name: 'by', type: 'uint256' }],
  ['m.getParameter<Map<string, Array<bigint>>>("by")', { name: 'by', type: 'string' }],
  ['m.getParameter<boolean>("on")', { name: 'on', type: 'bool' }],
  ['m.getParameter("on", false)', { name: 'on', type: 'bool', default: 'false' }],
  ['m.getParameter("by")', { name: 'by', type: 'string' }],
  [
    'm.getParameter("name", "it (is) // one")',
    { name: 'name', type: 'string', default: 'it (is) // one' },
  ],
  [
    'm.getParameter("to", "0x000000000000000000000000000000000000dEaD")',
    { name: 'to', type: 'address', default: '0x000000000000000000000000000000000000dEaD' },
  ],
  [
    'm.getParameter("by", parseEther("1.5"))',
    { name: 'by', type: 'uint256', default: 'parseEther("1.5")' },
  ],
  ['m.getParameter("by", 10n ** 18n)', { name: 'by', type: 'uint256', default: '10n ** 18n' }],
  ['m.getParameter("all", [1, 2])', { name: 'all', type: 'string', default: '[1, 2]' }],
  [
    'm.getParameter("to", m.getAccount(0))',
    { name: 'to', type: 'string', default: 'm.getAccount(0)' },
  ],
  ['m /* a */ . getParameter ( // b\n "by" , 7n )', { name: 'by', type: 'uint256', default: '7' }],
])('%s', (call, parameter) => {
  expect(parametersOf(`const x = ${call};`)).toEqual([parameter]);
});

test('constants of the file are looked up', () => {
  const before = `const NAME = "by";
    const JAN: number = 1893456000
    const ONE: bigint = 10n ** 18n
    const LATER = now() + 3600;
    const CALLED = "a" + NAME;`;
  const body = `m.getParameter(NAME, JAN); m.getParameter("one", ONE); m.getParameter("at", LATER);
    m.getParameter("called", CALLED); m.getParameter("other", OTHER);`;
  expect(parametersOf(body, before)).toEqual([
    { name: 'by', type: 'uint256', default: '1893456000' },
    { name: 'one', type: 'uint256', default: '10n ** 18n' },
    { name: 'at', type: 'uint256', default: 'now() + 3600' },
    { name: 'called', type: 'string', default: '"a" + NAME' },
    { name: 'other', type: 'string', default: 'OTHER' },
  ]);
});

test('a name that only running it would tell is said to be missing', () => {
  expect(read('buildModule("M", (m) => m.getParameter(names[0], 1))')).toEqual([
    { id: 'M', parameters: [], hasUnknown: true },
  ]);
});

test('what is named in comments, texts and types is none', () => {
  const body = `
    // m.getParameter("a", 1)
    /* m.getParameter("b", 1) */
    const c = 'm.getParameter("c", 1)' + \`m.getParameter("d", 1)\`;
    const e: ReturnType<typeof m.getParameter<string>> = f;
    const g = /m.getParameter("g", 1)/;`;
  expect(parametersOf(body)).toEqual([]);
});

test('each module has its own, each once', () => {
  const source = `
    const proxy = buildModule("Proxy", (m) => { m.getParameter("owner"); m.getParameter("owner"); });
    module.exports = buildModule('Demo', (m) => { m.useModule(proxy); m.getParameter("owner"); });`;
  expect(read(source)).toEqual([
    { id: 'Proxy', parameters: [{ name: 'owner', type: 'string' }], hasUnknown: false },
    { id: 'Demo', parameters: [{ name: 'owner', type: 'string' }], hasUnknown: false },
  ]);
});

test.each([
  ['nothing', ''],
  ['a module without end', 'buildModule("M", (m) => { m.getParameter("by"'],
  ['a call without arguments', 'buildModule(); buildModule("M", m => m.getParameter())'],
  ['a text without end', 'buildModule("M'],
  ['a template without end', 'buildModule("M", `${'.repeat(3000)],
  ['nesting', 'm.getParameter("a",('.repeat(3000)],
  ['types without end', 'getParameter<'.repeat(5000)],
  ['a number of many digits', `buildModule("M", m => m.getParameter("a", ${'9'.repeat(60_000)}))`],
  ['slashes', '/a\n'.repeat(20_000)],
  [
    'as many constants as can be, each looked up',
    `buildModule("M", m => 1);${'m.getParameter(`a`,b);'.repeat(2900)}`,
  ],
  ['bytes of no text', '\u0000\ufffd\ud800'.repeat(20_000)],
])('%s does no harm', (_, source) => {
  expect(Array.isArray(read(source))).toBe(true);
});
