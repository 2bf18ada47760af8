import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounds, seed } from '#test/harness/rounds.ts';
import { Lines } from '../lines.ts';
import { KnownSecrets } from './known-secrets.ts';
import { Mask } from './mask.ts';
import { isSecretUrl, maskUrl, urlSecrets } from './secret-url.ts';
import { secretsOf } from './secret-variables.ts';

const PEM = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIJ2jZ0Qw7N1x8m0rTq1c5k1r5bKcM3Y9xQw2H7eF6u8KoAoGCCqGSM49
AwEHoUQDQgAE0bXc5pGm7dE3JtQ9d0Y8c3xg2o5k1v7u9w1z3b5d7f9h1j3l5n7p
q9r1t3==
-----END EC PRIVATE KEY-----`;
const LINES = PEM.split('\n').slice(1, -1);
const KEY = `0x${'a1B2c3D4'.repeat(8)}`;

/** As a tool's output arrives: cut anywhere. */
function output(text: string, cuts: readonly number[], mask: Mask): string[] {
  const lines = new Lines(() => mask);
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  const chunks = [0, ...places].map((from, i) => text.slice(from, places[i]));
  return [...chunks.flatMap((chunk) => lines.push(chunk)), ...lines.end()];
}

describe('a value', () => {
  test('of several lines is hidden line by line, as itself and as a part of something', () => {
    const mask = new Mask([PEM]);
    const shapes = [
      PEM,
      PEM.replaceAll('\n', '\r\n'),
      PEM.replaceAll('\n', '\n    '),
      JSON.stringify({ key: PEM }),
      JSON.stringify({ text: JSON.stringify({ key: PEM }) }),
      `https://example.org/?key=${encodeURIComponent(PEM)}`,
      new URLSearchParams({ key: PEM }).toString(),
      Buffer.from(PEM).toString('base64'),
      Buffer.from(PEM).toString('hex'),
      `Logs:\n  ${LINES.join(' ')}`,
    ];
    for (const shape of shapes) {
      const shown = output(shape, [], mask).join('\n');
      for (const line of LINES) expect(shown).not.toContain(line);
      expect(shown).not.toContain(encodeURIComponent(LINES[2] as string));
      expect(shown).not.toContain(Buffer.from(LINES[0] as string).toString('hex'));
      expect(shown).not.toContain(Buffer.from(PEM).toString('base64').slice(0, 40));
    }
    const oneLine = new Mask([PEM.replaceAll('\n', '\\n')]);
    expect(oneLine.apply(`  ${LINES[1]}`)).toBe('  ••••');
  });

  test('of 32 bytes is hidden with and without 0x, in every case and as a number', () => {
    const bare = KEY.slice(2);
    for (const secret of [KEY, bare, BigInt(KEY).toString()]) {
      const mask = new Mask([secret]);
      // Only a value in mixed case is shown this way.
      const written = secret.includes(bare) ? [KEY, bare] : [];
      const usual = [bare.toLowerCase(), bare.toUpperCase(), BigInt(KEY).toString()];
      for (const shown of [...written, ...usual]) {
        expect(mask.apply(`key: ${shown}.`).replace('0x', '')).toBe('key: ••••.');
      }
    }
  });

  test.each([
    ['in single quotes', `'it'\\''s a "s$cret" (x)'`],
    ['in double quotes', `"it's a \\"s\\$cret\\" (x)"`],
    ['without quotes', `it\\'s\\ a\\ \\"s\\$cret\\"\\ \\(x\\)`],
  ])('is hidden as a word of a shell %s', (_, word) => {
    expect(new Mask([`it's a "s$cret" (x)`]).apply(word)).not.toContain('cret');
  });

  test('of any length is hidden', () => {
    const long = Array.from({ length: 10_000 }, (_, i) => `v${i * 7919}`).join('.');
    const mask = new Mask([long]);
    expect(mask.apply(`a ${long} b`)).toBe('a •••• b');
    expect(mask.apply(Buffer.from(long).toString('hex'))).toBe('••••');
    expect(output(`a ${long} b`, [5, 20_000, 60_000], mask).join('')).toMatch(/^a •+ b$/);
  });

  test('that is short is hidden where it stands alone; below four characters nothing can be', () => {
    const mask = new Mask(['1f9c', 'hunt2', 'abc']);
    expect(mask.apply('pin 1f9c, "hunt2"; abc 0x1f9cab hunt22')).toBe(
      'pin ••••, "••••"; abc 0x1f9cab hunt22',
    );
  });

  test('that overlaps with another one leaves no end of either', () => {
    const mask = new Mask(['first-and-middle', 'middle-and-last', 'middle']);
    expect(mask.apply('a first-and-middle-and-last b')).toBe('a •••• b');
  });
});

describe('across the place where', () => {
  test.each([16_380, 16_384, 16_300, 16_400, 40_000])(
    'a line of which %i characters come before it is cut, a secret is hidden',
    (before) => {
      const secret = 'correct-horse-battery-staple';
      const mask = new Mask([secret]);
      const line = `${'x'.repeat(before)}${secret}${'y'.repeat(20_000)}`;
      for (const cuts of [[], [before + 5], [16_384, before + 1]]) {
        const pieces = output(line, cuts, mask);
        expect(pieces.join('')).toBe(`${'x'.repeat(before)}••••${'y'.repeat(20_000)}`);
        expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(16_384);
      }
    },
  );

  test('output is cut into chunks, one is hidden, and what has come of it waits', () => {
    const mask = new Mask([KEY]);
    expect(output(`key ${KEY}\n`, [10, 11, 40], mask)).toEqual(['key ••••']);
    expect(mask.applyToUnfinished(`key ${KEY.slice(0, 30)}`)).toBe('key ');
    expect(mask.applyToUnfinished(`key ${KEY} `)).toBe('key •••• ');
    expect(mask.applyToUnfinished('key 0x')).toBe('key 0x');
  });
});

test('whatever is secret is in no line, however it is written, cut and surrounded', () => {
  const character = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 60 });
  const secret = fc
    .oneof(
      character,
      fc.stringMatching(/^[A-Za-z0-9+/]{8,90}$/),
      fc.stringMatching(/^0x[0-9a-f]{64}$/),
      fc
        .array(fc.stringMatching(/^[A-Za-z0-9+/]{8,64}$/), { minLength: 2, maxLength: 5 })
        .map((l) => l.join('\n')),
    )
    .map((text) => text.trim())
    .filter((text) => text.length >= 6 && !text.includes('•'));
  const shape = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => JSON.stringify(text),
    (text) => encodeURIComponent(text.toWellFormed()),
    (text) => Buffer.from(text).toString('base64'),
    (text) => `\u001b[32m${text}\u001b[0m`,
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => `${'-'.repeat(16_370)}${text}`,
  );
  fc.assert(
    fc.property(
      fc.array(secret, { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(5), shape, fc.string({ maxLength: 20 })), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.array(fc.nat(), { maxLength: 12 }),
      (secrets, parts, cuts) => {
        const said = parts.map(([which, write, around]) => {
          const text = secrets[which % secrets.length] as string;
          return `${around}${write(text)}${around}`;
        });
        const shown = output(said.join('\n'), cuts, new Mask(secrets)).join('\n');
        for (const text of secrets) {
          const telling = text.includes('\n') ? text.split('\n') : [text];
          for (const line of telling.map((one) => one.trim()).filter((one) => one.length >= 6)) {
            expect(shown).not.toContain(line);
            expect(shown).not.toContain(JSON.stringify(line).slice(1, -1));
            expect(shown).not.toContain(encodeURIComponent(line.toWellFormed()));
          }
          expect(shown).not.toContain(Buffer.from(text).toString('base64').replace(/=+$/, ''));
        }
      },
    ),
    { seed, numRuns: rounds(200, 10_000) },
  );
});

test('a text without secrets stays as it is, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(new Mask([KEY, PEM]).apply(text)).toBe(text);
      expect(output(`${text}\nend`, [7], new Mask([KEY])).at(-1)).toBe('end');
    }),
    { seed, numRuns: rounds(100, 20_000) },
  );
});

describe('of a URL', () => {
  test.each([
    ['http://127.0.0.1:8545', []],
    ['https://rpc.example.org/eth/mainnet', []],
    ['https://rpc.example.org/v2/k-4f9a2b7c', ['k-4f9a2b7c']],
    ['https://rpc.example.org/?network=mainnet&apikey=s3cr%2Fet', ['s3cr/et', 's3cr%2Fet']],
    ['https://ada:p%40ss-word@rpc.example.org', ['p@ss-word', 'p%40ss-word', 'ada:p@ss-word']],
    ['redis://default:pa55word@127.0.0.1:6379/0', ['pa55word', 'default:pa55word']],
  ])('%s what opens it is secret by itself', (url, secrets) => {
    expect(urlSecrets(url)).toEqual(expect.arrayContaining(secrets));
    expect(isSecretUrl(url)).toBe(secrets.length > 0);
    for (const secret of secrets) {
      expect(new Mask(urlSecrets(url)).apply(`rate limited: key ${secret} exceeded`)).toBe(
        'rate limited: key •••• exceeded',
      );
      expect(maskUrl(url)).not.toContain(secret);
    }
    expect(new Mask(urlSecrets(url)).apply('mainnet, default')).toBe('mainnet, default');
  });
});

test('variables are secret by name or by shape; addresses, paths and hashes are not', () => {
  const phrase = 'test test test test test test test test test test test junk';
  const secret = {
    DEPLOYER: KEY,
    KEY_OF_SSH: PEM,
    WORDS: phrase,
    DB_PASS: 'hunter',
    DATABASE_URL: 'postgres://ada:lovelace@localhost/db',
    ALCHEMY: '0123456789abcdef0123456789abcdef',
    GITHUB: 'ghp_0123456789abcdefghij',
  };
  const harmless = {
    CODE_HASH: KEY,
    OWNER_KEY: `0x${'ab'.repeat(20)}`,
    KEY_FILE: '/home/ada/key.json',
    USE_TOKEN: 'true',
    PRIVATE_PORT: '8545',
    NAME: 'Vault of the Token',
    RPC: 'http://localhost:8545',
  };
  const found = secretsOf(Object.entries({ ...secret, ...harmless }));
  const { DATABASE_URL, ...whole } = secret;
  expect(found).toEqual(
    expect.arrayContaining([...Object.values(whole), DATABASE_URL, 'lovelace']),
  );
  for (const value of Object.values(harmless).filter((value) => value !== KEY)) {
    expect(found).not.toContain(value);
  }
  expect(secretsOf([['CODE_HASH', KEY]])).toEqual([]);
});

test('each of a list is secret by itself', () => {
  const keys = [KEY, `0x${'b1C2d3E4'.repeat(8)}`];
  for (const name of ['PRIVATE_KEYS', 'DEPLOYERS']) {
    expect(secretsOf([[name, keys.join(',')]])).toEqual(expect.arrayContaining(keys));
    expect(secretsOf([[name, keys.join(' ')]])).toEqual(expect.arrayContaining(keys));
  }
  const urls = 'https://a.example/v2/k-4f9a2b7c,https://b.example/v2/k-5f9a2b7c';
  expect(secretsOf([['RPC_URLS', urls]])).toEqual(
    expect.arrayContaining(['k-4f9a2b7c', 'k-5f9a2b7c']),
  );
  expect(secretsOf([['DB_PASSWORD', 'one,or,two']])).toEqual(['one,or,two']);
});

test.each([
  ['ETHERSCAN_API_KEY_MAINNET', true],
  ['ALCHEMY_KEY_SEPOLIA', true],
  ['APIKEY_BASE', true],
  ['DB_PASSWORD_PROD', true],
  ['ACCESS_TOKEN_CI', true],
  ['DEPLOYER_KEY_NAME', false],
  ['DEPLOYER_PASSWORD_FILE', false],
  ['TOKEN_SYMBOL', false],
  ['KEYSTORE_ACCOUNT', false],
])('a secret may be called after what it is for: %s, %s', (name, isSecret) => {
  expect(secretsOf([[name, 'Kk7Hw2Zz9']])).toEqual(isSecret ? ['Kk7Hw2Zz9'] : []);
});

test('known secrets are asked for anew, in errors and their causes too', () => {
  let values = ['first-secret'];
  const known = new KnownSecrets();
  known.add(() => values);
  known.add(() => {
    if (values.length === 0) throw new Error('the database is closed');
    return [];
  });
  expect(known.mask('first-secret second-secret')).toBe('•••• second-secret');
  values = ['second-secret'];
  const error = new Error('got second-secret', { cause: { url: ['second-secret'] } });
  expect(JSON.stringify(known.maskDeep({ err: error }))).not.toContain('second-secret');
  const circle: Record<string, unknown> = { at: new URL('http://second-secret/'), on: new Date(0) };
  circle.self = [circle];
  expect(JSON.parse(JSON.stringify(known.maskDeep(circle)))).toEqual({
    at: 'http://••••/',
    on: '1970-01-01T00:00:00.000Z',
    self: ['…'],
  });
  values = [];
  expect(known.mask('second-secret')).toBe('••••');
});

describe('what is shown instead', () => {
  const instead = new Map([['127.88.3.4:8545', '127.0.0.1:8545']]);

  test('stands in the place of a text, alone and in addresses, and nowhere else', () => {
    const mask = new Mask(['verysecret'], instead);
    expect(mask.apply('at http://127.88.3.4:8545/ with verysecret, 127.88.3.4:8545')).toBe(
      'at http://127.0.0.1:8545/ with ••••, 127.0.0.1:8545',
    );
    const others = '1127.88.3.4:8545 127.88.3.4:85451 127.88.3.4';
    expect(mask.apply(others)).toBe(others);
    expect(
      new Mask(['http://127.88.3.4:8545/key'], instead).apply('http://127.88.3.4:8545/key'),
    ).toBe('••••');
  });

  test('stays so after its source no longer names it', () => {
    const known = new KnownSecrets();
    let now = [...instead];
    known.addInstead(() => now);
    expect(known.mask('127.88.3.4:8545')).toBe('127.0.0.1:8545');
    now = [['127.88.9.9:8545', '127.0.0.1:8545']];
    expect(known.mask('127.88.3.4:8545 127.88.9.9:8545')).toBe('127.0.0.1:8545 127.0.0.1:8545');
  });
});
