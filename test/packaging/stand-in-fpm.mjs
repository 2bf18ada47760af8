#!/usr/bin/env node
// Packs a .deb or an .rpm with dpkg-deb or rpmbuild, from the arguments that electron-builder gives
// fpm, which Debian doesn't have. Knows these arguments alone, and fails on any other.
//
// STAND_IN_FPM_NEXT is a later version of which a package is made beside it, in a folder `next`.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const text = /** @type {const} */ ({ type: 'string' });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { type: 'string', short: 's' },
    t: { type: 'string', short: 't' },
    d: { type: 'string', short: 'd', multiple: true, default: [] },
    force: { type: 'boolean' },
    architecture: text,
    'after-install': text,
    'after-remove': text,
    description: text,
    version: text,
    package: text,
    name: text,
    maintainer: text,
    vendor: text,
    url: text,
    license: text,
    'deb-priority': text,
    'deb-recommends': { type: 'string', multiple: true, default: [] },
    'deb-compression': text,
    'rpm-os': text,
    'rpm-compression': text,
    'rpm-summary': text,
  },
});

const work = mkdtempSync(join(tmpdir(), 'stand-in-fpm-'));
const tree = join(work, 'tree');
const say = (/** @type {keyof typeof values} */ name) => String(values[name] ?? '');

for (const pair of positionals) {
  const [from = '', to = ''] = pair.split('=');
  const place = join(tree, to);
  mkdirSync(dirname(place), { recursive: true });
  cpSync(from, place, { recursive: true, verbatimSymlinks: true });
}

/** @param {string} version @param {string} file */
function deb(version, file) {
  const control = join(tree, 'DEBIAN');
  mkdirSync(control);
  const [first, ...rest] = say('description').split('\n');
  const fields = [
    `Package: ${say('name')}`,
    `Version: ${version}`,
    `Architecture: ${say('architecture')}`,
    `Maintainer: ${say('maintainer')}`,
    `Priority: ${say('deb-priority')}`,
    `Homepage: ${say('url')}`,
    `Depends: ${values.d.join(', ')}`,
    `Recommends: ${values['deb-recommends'].join(', ')}`,
    `Description: ${first}`,
    ...rest.map((line) => ` ${line.trim()}`),
  ];
  writeFileSync(join(control, 'control'), `${fields.join('\n')}\n`);
  for (const [name, given] of /** @type {const} */ ([
    ['postinst', 'after-install'],
    ['postrm', 'after-remove'],
  ])) {
    writeFileSync(join(control, name), readFileSync(say(given)));
    chmodSync(join(control, name), 0o755);
  }
  // As fast as it goes: what is tried is not the compression.
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', tree, file]);
  rmSync(control, { recursive: true });
}

/** @param {string} version @param {string} file */
function rpm(version, file) {
  const files = readdirSync(tree, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) => !statSync(file).isDirectory() || file.startsWith(join(tree, 'opt', 'Drydock')),
    )
    .map((file) => `${statSync(file).isDirectory() ? '%dir ' : ''}"${file.slice(tree.length)}"`);
  const script = (/** @type {'after-install' | 'after-remove'} */ name) =>
    readFileSync(say(name), 'utf8').replaceAll('%', '%%');
  const spec = `
%define _build_id_links none
%global __os_install_post %{nil}
%global _binary_payload w1.gzdio
Name: ${say('name')}
Version: ${version}
Release: 1
Summary: ${say('rpm-summary')}
License: ${say('license')}
AutoReqProv: no
${values.d.map((one) => `Requires: ${one}`).join('\n')}
%description
${say('description')}
%post -p /bin/bash
${script('after-install')}
%postun -p /bin/bash
${script('after-remove')}
%files
${files.join('\n')}
`;
  writeFileSync(join(work, 'package.spec'), spec);
  const options = ['--define', `_topdir ${work}/rpm`, '--define', `_rpmfilename out.rpm`];
  const target = ['--target', say('architecture'), '--buildroot', tree];
  execFileSync(
    'rpmbuild',
    ['-bb', '--noclean', ...options, ...target, join(work, 'package.spec')],
    { stdio: 'pipe' },
  );
  cpSync(join(work, 'rpm', 'RPMS', 'out.rpm'), file);
}

const pack = values.t === 'deb' ? deb : values.t === 'rpm' ? rpm : null;
if (values.s !== 'dir' || !pack) throw new Error(`no such package: ${values.s} ${values.t}`);
pack(say('version'), say('package'));
const { STAND_IN_FPM_NEXT: next } = process.env;
if (next) {
  const folder = join(dirname(say('package')), 'next');
  mkdirSync(folder, { recursive: true });
  pack(next, join(folder, basename(say('package'))));
}
rmSync(work, { recursive: true });
