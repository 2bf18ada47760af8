// electron-builder's configuration.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../lib/project.mjs';
import { stageFolder } from './stage.mjs';

/** What electron-builder puts the name of the target it packs in the place of. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: not a template of ours
const macros = '${os}-${arch}';

const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

/** Of package.json in the package: what a desktop knows the app by. */
export const extraFields = { productName: 'Drydock', desktopName: 'drydock-desktop.desktop' };

const packaging = (/** @type {string} */ name) => inProject('build', 'packaging', name);

const completion = (/** @type {string} */ shell) =>
  inProject('resources', 'completion', `drydock.${shell}`);

/** A menu of folders offers the app, and it never becomes what opens them. */
const folders = {
  CFBundleTypeName: 'Folder',
  CFBundleTypeRole: 'Viewer',
  LSHandlerRank: 'Alternate',
  LSItemContentTypes: ['public.folder'],
};

/**
 * @param {object} options
 * @param {string} [options.electronDist] a folder with Electron for the target, instead of the one
 *   that is downloaded
 * @param {string} options.output
 * @param {import('./target.mjs').Os} options.os
 * @param {{ signs: boolean; notarises: boolean }} options.signing
 * @param {object | null} options.publish where installed apps look for newer versions
 * @param {NodeJS.ProcessEnv} options.env
 */
export function configuration({ electronDist, output, os, signing, publish, env }) {
  const staged = stageFolder(output, macros);
  const common = stageFolder(output, 'common');
  const asPackage = {
    afterRemove: join(common, 'after-remove.tpl'),
    // Files of the package: dpkg and rpm know whose they are, and take them away with it.
    fpm: [
      `${packaging('linux/drydock')}=/usr/bin/drydock`,
      `${inProject('LICENSE')}=/usr/share/doc/drydock/copyright`,
      `${inProject('out', 'man', 'drydock.1')}=/usr/share/man/man1/drydock.1`,
      `${completion('bash')}=/usr/share/bash-completion/completions/drydock`,
      `${completion('fish')}=/usr/share/fish/vendor_completions.d/drydock.fish`,
    ],
  };
  /** Debian's zsh looks in a folder of its own. */
  const withZsh = (/** @type {string} */ folder) => ({
    ...asPackage,
    fpm: [...asPackage.fpm, `${completion('zsh')}=/usr/share/zsh/${folder}/_drydock`],
  });
  return {
    appId: 'dev.drydock.desktop',
    productName: extraFields.productName,
    copyright: 'Copyright © 2026 Drydock contributors',
    directories: { output, buildResources: join(common, 'icons') },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: not a template of ours
    artifactName: 'drydock-${version}-${os}-${arch}.${ext}',
    electronVersion: manifest.devDependencies.electron,
    ...(electronDist ? { electronDist } : {}),
    extraMetadata: { ...extraFields, homepage: env.DRYDOCK_HOMEPAGE || 'https://drydock.invalid' },
    // Nothing is looked for in node_modules: all that is packed was laid out.
    beforeBuild: async () => false,
    files: [
      { from: `${staged}/app`, to: '.', filter: ['**/*'] },
      // electron-builder passes over a folder of this name at the root of another.
      { from: `${staged}/app/node_modules`, to: 'node_modules', filter: ['**/*'] },
    ],
    extraResources: [{ from: `${staged}/resources`, to: '.', filter: ['**/*'] }],
    asar: true,
    asarUnpack: ['**/*.node', '**/spawn-helper', '**/*.dll', '**/*.exe'],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      // Setting fuses breaks the signature that programs for Apple silicon need to start at all.
      resetAdHocDarwinSignature: os === 'mac' && !signing.signs,
    },
    protocols: [{ name: 'Drydock', schemes: ['drydock'] }],
    publish,
    generateUpdatesFilesForAllChannels: true,
    // The older one needs a FUSE that current systems no longer have.
    toolsets: { appimage: '1.0.3' },
    linux: {
      target: ['AppImage', 'deb', 'rpm'],
      category: 'Development',
      icon: join(common, 'icons', 'linux'),
      maintainer: env.DRYDOCK_MAINTAINER || 'Drydock contributors <drydock@drydock.invalid>',
      synopsis: 'Local deployments of contracts and apps',
      executableName: 'drydock-desktop',
      syncDesktopName: true,
    },
    deb: { packageName: 'drydock', ...withZsh('vendor-completions') },
    rpm: { packageName: 'drydock', ...withZsh('site-functions') },
    mac: {
      target: ['dmg', 'zip'],
      category: 'public.app-category.developer-tools',
      icon: join(common, 'icons', 'icon.icns'),
      hardenedRuntime: true,
      notarize: signing.notarises,
      ...(signing.signs ? {} : { identity: null }),
      extendInfo: { CFBundleDocumentTypes: [folders] },
    },
    win: { target: ['nsis', 'portable'], icon: join(common, 'icons', 'icon.ico') },
    nsis: {
      oneClick: true,
      perMachine: false,
      buildUniversalInstaller: false,
      // What users have made stays.
      deleteAppDataOnUninstall: false,
      include: packaging('windows/installer.nsh'),
    },
    portable: {
      buildUniversalInstaller: false,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: not a template of ours
      artifactName: 'drydock-${version}-${os}-${arch}-portable.${ext}',
    },
  };
}
