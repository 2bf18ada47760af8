import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { isSigned } from '#main/doors/electron/signed-update.ts';
import { version } from '#main/lib/version.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { dist, whyNoPacking } from './dist.ts';
import { inOverlayRoot, whyNoOverlayRoot } from './overlay-root.ts';

const NEXT = '99.0.0';

interface Format {
  format: 'deb' | 'rpm';
  programs: string[];
  install: (file: string) => string;
  remove: string;
}

/** What package managers themselves write, and what they keep up to date for desktops. */
const BOOKKEEPING =
  /^\/(run\/|var\/(lib|log|cache)\/|root\/\.rpmdb|usr\/lib\/sysimage\/rpm|usr\/share\/(mime\/|applications\/mimeinfo\.cache|icons\/hicolor\/icon-theme\.cache))/;

const formats: readonly Format[] = [
  {
    format: 'deb',
    programs: ['dpkg-deb', 'dpkg'],
    install: (file: string) => `dpkg --force-depends --install ${file}`,
    remove: 'dpkg --remove drydock',
  },
  {
    format: 'rpm',
    programs: ['rpmbuild', 'rpm'],
    install: (file: string) => `rpm --upgrade --nodeps ${file}`,
    remove: 'rpm --erase drydock',
  },
];

const keys = generateKeyPairSync('ed25519');
const pem = {
  private: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  public: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
};

/** Besides the programs. */
const SHARED = [
  'usr/share/man/man1/drydock.1',
  'usr/share/bash-completion/completions/drydock',
  'usr/share/fish/vendor_completions.d/drydock.fish',
];
const zshFolder = { deb: 'vendor-completions', rpm: 'site-functions' };

const noPacking = await whyNoPacking();
const possible = formats.filter(
  ({ format, programs }) => !skipAloud(`the ${format}`, noPacking ?? whyNoOverlayRoot(...programs)),
);

let folder = '';

beforeAll(async () => {
  if (possible.length === 0) return;
  const fpm = path.resolve(import.meta.dirname, 'stand-in-fpm.mjs');
  const wanted = possible.flatMap(({ format }) => ['--format', format]);
  const options = ['--no-toolchain', '--arch', process.arch, ...wanted];
  folder = await dist(options, {
    ...{ CUSTOM_FPM_PATH: fpm, STAND_IN_FPM_NEXT: NEXT },
    ...{ DRYDOCK_UPDATE_URL: 'https://example.org/', DRYDOCK_UPDATE_KEY: pem.private },
    DRYDOCK_UPDATE_PUBLIC_KEY: pem.public,
  });
}, 400_000);

describe.each(formats)('the $format', ({ format, install, remove }) => {
  test.skipIf(!possible.some((one) => one.format === format))(
    'puts the command line on PATH, upgrades, and leaves nothing behind but the data folder',
    async () => {
      const name = `${readdirSync(folder).find((file) => file.endsWith(`.${format}`))}`;
      const first = path.join(folder, name);
      const next = path.join(folder, 'next', name);
      const say = 'env -i PATH=/usr/bin:/bin HOME=/root DRYDOCK_HOME=/root/drydock-data';
      const printed = await inOverlayRoot(`
section() { echo "== $1"; }
on_path() { for name in drydock drydock-desktop; do chroot $ROOT sh -c "command -v $name" || echo "no $name"; done; }
section install
chroot $ROOT ${install(first)} >&2
on_path
chroot $ROOT ${say} drydock --version
chroot $ROOT ${say} drydock doctor | grep -o '✓ Data folder'
cat $ROOT/usr/share/applications/drydock-desktop.desktop
cd $ROOT && ls ${[...SHARED, `usr/share/zsh/${zshFolder[format]}/_drydock`].join(' ')} >&2
grep url: opt/Drydock/resources/app-update.yml
section upgrade
chroot $ROOT ${install(next)} >&2
on_path
chroot $ROOT ${say} drydock --version
section remove
chroot $ROOT ${remove} >&2
on_path
cd $CHANGED
find . ! -type d | cut -c2-
`);
      const [, installed = '', upgraded = '', removed = ''] = printed.split(/^== \w+\n/m);
      const both = '/usr/bin/drydock\n/usr/bin/drydock-desktop\n';
      expect(installed).toContain(`${both}${version()}\n✓ Data folder\n`);
      expect(installed).toContain('MimeType=x-scheme-handler/drydock;');
      expect(installed).toContain('Exec=/opt/Drydock/drydock-desktop %U');
      expect(installed).toContain('url: https://example.org/');
      expect(upgraded).toBe(`${both}${version()}\n`);
      const left = removed.split('\n').filter((line) => line && !BOOKKEEPING.test(line));
      const others = left.filter((line) => !line.startsWith('/root/drydock-data/'));
      expect(others).toEqual(['no drydock', 'no drydock-desktop']);
      expect(left).toContain('/root/drydock-data/drydock.db');
    },
  );
});

test.skipIf(possible.length === 0)('the feed of updates is signed with the key in the app', () => {
  const feed = readdirSync(folder).find((name) => /^latest-linux[\w-]*\.yml$/.test(name)) ?? '';
  const text = readFileSync(path.join(folder, feed), 'utf8');
  const parsed = parseUpdateInfo(text, feed, new URL('https://example.org/'));
  expect(isSigned(parsed, keys.publicKey)).toBe(true);
  expect(parsed.version).toBe(version());
});
