import { readFileSync } from 'node:fs';
import { expect, skipWithoutElectron, test } from './shell.ts';

skipWithoutElectron();

/** What `shell.openExternal` was asked for from now on. */
async function keepOpened(shell: import('./shell.ts').Shell): Promise<() => Promise<string[]>> {
  await shell.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  return () => shell.evaluate(() => Reflect.get(globalThis, 'opened') as string[]);
}

test('pages come with a policy that lets no inline script run', async ({ shell }) => {
  const { policy, sniffing, origin } = await shell.page.evaluate(async () => {
    const { headers } = await fetch('/index.html');
    return {
      policy: headers.get('content-security-policy') ?? '',
      sniffing: headers.get('x-content-type-options'),
      origin: location.protocol,
    };
  });
  const parts = new Map(policy.split('; ').map((part) => part.split(/ (.*)/) as [string, string]));
  expect(parts.get('default-src')).toBe("'none'");
  expect(parts.get('script-src')).toBe("'self'");
  expect(parts.get('connect-src')).toBe("'self'");
  expect(parts.get('frame-ancestors')).toBe("'none'");
  expect(policy).not.toContain('unsafe-eval');
  expect(sniffing).toBe('nosniff');
  expect(origin).not.toBe('file:');
});

test('the page can evaluate no text as a script', async ({ shell }) => {
  // Not `page.evaluate`, which the policy doesn't hold for: what a script of the page does.
  const refused = await shell.page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        document.addEventListener('securitypolicyviolation', () => resolve(true), { once: true });
        const script = document.createElement('script');
        script.src = 'data:text/javascript,window.evaluated = true';
        document.head.append(script);
      }),
  );
  expect(refused).toBe(true);
});

test('permissions are denied when asked for, and when looked up, but to copy from our own page', async ({
  shell,
}) => {
  const answers = await shell.evaluate(({ session }) => {
    const handlers = (session as unknown as { permissions?: Handlers }).permissions;
    interface Handlers {
      check(contents: null, permission: string, from: string, details: object): boolean;
      request(
        contents: null,
        permission: string,
        answer: (granted: boolean) => void,
        details: object,
      ): void;
      device(details: object): boolean;
    }
    if (!handlers) return null;
    const names = ['geolocation', 'media', 'notifications', 'hid', 'openExternal', 'fileSystem'];
    const copy = 'clipboard-sanitized-write';
    const granted: string[] = [];
    for (const [name, from] of [
      ...[...names, 'clipboard-read', 'display-capture', copy].map((name) => [
        name,
        'app://drydock/',
      ]),
      [copy, 'https://example.org/'],
    ] as [string, string][]) {
      if (handlers.check(null, name, from, {})) granted.push(`check ${name} ${from}`);
      handlers.request(
        null,
        name,
        (yes) => {
          if (yes) granted.push(`request ${name} ${from}`);
        },
        { requestingUrl: from },
      );
    }
    return { granted, device: handlers.device({ deviceType: 'usb' }) };
  });
  test.skip(answers === null, 'the real Electron keeps its handlers to itself');
  expect(answers).toEqual({
    granted: [
      'check clipboard-sanitized-write app://drydock/',
      'request clipboard-sanitized-write app://drydock/',
    ],
    device: false,
  });
});

test('what was deployed on this machine opens in the browser; no other http address does', async ({
  shell,
}) => {
  const opened = await keepOpened(shell);
  await shell.page.evaluate(() => {
    for (const url of [
      'http://127.0.0.1:8080/',
      'http://localhost:3000/shop',
      'http://shop.localhost/',
      'http://[::1]:4000/',
      'http://127.0.0.1.example.org/',
      'http://localhost.example.org/',
      'http://10.0.0.1/',
      'https://user:word@example.org/',
      'mailto:one@example.org',
      'drydock://project/1',
      'smb://example.org/share',
      'ms-settings:privacy',
      'https://example.org/last',
    ]) {
      window.open(url);
    }
  });
  await expect
    .poll(opened)
    .toEqual([
      'http://127.0.0.1:8080/',
      'http://localhost:3000/shop',
      'http://shop.localhost/',
      'http://[::1]:4000/',
      'https://example.org/last',
    ]);
});

test('a browser that can not be started is noted, and ends nothing', async ({ shell }) => {
  await shell.evaluate(({ shell }) => {
    shell.openExternal = () => Promise.reject(new Error('there is no browser'));
  });
  await shell.page.evaluate(() => void window.open('https://example.org/'));
  const log = () => readFileSync(`${shell.home}/logs/drydock.log`, 'utf8');
  await expect.poll(log).toContain('there is no browser');
  await expect(shell.page.getByText('local', { exact: true }).first()).toBeVisible();
});

test('a page saves what it has made, and downloads nothing from elsewhere', async ({ shell }) => {
  await shell.evaluate(({ session }) => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    session.defaultSession.on('will-download', (event, item) => {
      seen.push(`${event.defaultPrevented ? 'refused' : 'saved'} ${item.getFilename()}`);
    });
  });
  const seen = () => shell.evaluate(() => Reflect.get(globalThis, 'seen') as string[]);
  const download = (from: 'blob' | 'data') =>
    shell.page.evaluate((kind) => {
      const link = document.createElement('a');
      link.download = `${kind}.txt`;
      link.href =
        kind === 'blob' ? URL.createObjectURL(new Blob(['text'])) : 'data:text/plain,text';
      link.click();
    }, from);
  await download('blob');
  await expect.poll(seen).toEqual(['saved blob.txt']);
  await download('data');
  await expect.poll(seen).toEqual(['saved blob.txt', 'refused data.txt']);
});

test('no page is embedded, and there is no module that reaches the main process', async ({
  shell,
}) => {
  const prevented = await shell.evaluate(({ BrowserWindow }) => {
    let prevented = false;
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      emit(name: string, ...args: unknown[]): void;
    };
    contents.emit('will-attach-webview', { preventDefault: () => (prevented = true) }, {}, {});
    return prevented;
  });
  expect(prevented).toBe(true);
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect({ ...dependencies, ...devDependencies }).not.toHaveProperty('@electron/remote');
});
