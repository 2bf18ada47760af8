import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processEngine } from '#main/engines/process/process-engine.ts';
import type { ToolSearch } from '#main/engines/tools.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { forge } from '#main/kinds/foundry/tools.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { asked } from '#test/harness/asked.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { installFoundry, whyNoFoundry } from '#test/harness/foundry-release.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { skipAloud } from '#test/harness/skip.ts';

const OTHER = '1.5.1';
const why = await whyNoFoundry(OTHER);
const versions = path.join(os.homedir(), '.foundry/versions');

describe.skipIf(skipAloud('a version of a tool that a project asks for', why))(
  'a version of a tool that a project asks for',
  () => {
    let core: TestApp;
    let client: Client;
    let fixture: Fixture;
    let project: number;
    const putFile = (name: string, text: string) =>
      writeFile(path.join(fixture.folder, name), text);

    beforeAll(async () => {
      core = await openTestApp();
      client = (await openDoor('in-process', core.app)).client;
      fixture = await scriptProject(
        {
          Deploy: `console.log(V(address(vm)).getFoundryVersion());
            vm.startBroadcast(); new C(1); new C(2); new C(3); vm.stopBroadcast();`,
        },
        `interface V { function getFoundryVersion() external view returns (string memory); }
library console {
  function log(string memory text) internal view {
    (bool done,) = 0x000000000000000000636F6e736F6c652e6c6f67.staticcall(
      abi.encodeWithSignature("log(string)", text)
    );
    done;
  }
}`,
      );
      project = (await client.projects.add({ path: fixture.folder, name: 'pinned' })).id;
      await client.projects.setEngine({ project, engine: 'process' });
    });

    afterAll(async () => {
      await core?.[Symbol.asyncDispose]();
      await fixture?.[Symbol.asyncDispose]();
      await rm(versions, { recursive: true, force: true });
    });

    async function install(): Promise<void> {
      if (!existsSync(versions)) await installFoundry(OTHER, os.homedir());
    }

    async function deploy(): Promise<{ d: DeploymentDetail; log: string }> {
      const { id } = await client.deployments.start(asked({ project }));
      const lines: string[] = [];
      for await (const batch of await client.deployments.watch({ id })) {
        for (const event of batch) if (event.type === 'log') lines.push(event.text);
      }
      return { d: await client.deployments.get({ id }), log: lines.join('\n') };
    }

    test('runs, is said with its reason, and is never replaced by another one', async () => {
      await putFile('.tool-versions', `nodejs 24.0.0\nfoundry ${OTHER} # as in CI\n`);
      await rm(versions, { recursive: true, force: true });
      const { d: missing } = await deploy();
      expect(missing.failure).toMatchObject({
        code: 'TOOL_MISSING',
        message: expect.stringContaining('.tool-versions asks for Foundry 1.5.1'),
        fix: { command: 'foundryup --install 1.5.1' },
      });

      await install();
      const { d, log } = await deploy();
      expect(d.failure).toBeNull();
      expect(log).toContain('Foundry 1.5.1, as .tool-versions asks.');
      expect(log).toMatch(/^\s*1\.5\.1/m);

      const { installed = [] } = (await client.tools.list())[0] ?? {};
      expect(installed).toContainEqual({
        version: OTHER,
        path: path.join(versions, 'v1.5.1/forge'),
        source: 'home',
        isDefault: false,
      });
      const usual = installed.find(({ isDefault }) => isDefault);
      expect(usual?.source).toBe('bundled');
      expect(usual?.version).not.toBe(OTHER);

      // The other version compiles for itself: nothing that one has made is put back for the other.
      await rm(path.join(fixture.folder, 'out'), { recursive: true });
      await rm(path.join(fixture.folder, 'cache'), { recursive: true });
      await client.projects.setToolVersion({
        project,
        tool: 'foundry',
        version: `v${usual?.version}`,
      });
      const { d: chosen, log: logOfChosen } = await deploy();
      expect(chosen.failure).toBeNull();
      expect(logOfChosen).toContain(`Foundry ${usual?.version}, as the project's setting asks.`);
      expect(logOfChosen).toContain(`\n  ${usual?.version}`);
      expect(logOfChosen).toMatch(/Compiling \d+ files/);
      expect(logOfChosen).not.toContain('put back');
      await client.projects.setToolVersion({ project, tool: 'foundry', version: null });
    }, 120_000);

    test('what is no version is ignored, and said so', async () => {
      await putFile('.tool-versions', 'foundry nightly\n');
      const [said] = await client.projects.toolVersions({ project });
      expect(said).toMatchObject({ tool: 'foundry', chosen: null, asked: null });
      const { d, log } = await deploy();
      expect(d.failure).toBeNull();
      expect(log).toContain('.tool-versions asks for Foundry "nightly", which is no exact version');
      expect(log).not.toContain('Foundry 1.');
    }, 60_000);

    test('that is known to misbehave is warned of once, and runs', async () => {
      await install();
      // Another release under the name of that one: what is tested is the warning.
      await symlink(path.join(versions, `v${OTHER}`), path.join(versions, 'v1.8.1'));
      await putFile('.tool-versions', 'foundry 1.8.1\n');
      const { d } = await deploy();
      expect(d.failure).toBeNull();
      expect(d.warnings).toEqual([expect.stringMatching(/^Foundry 1\.8\.1 .*nonces/)]);
    }, 60_000);

    test('is found where its installer was told to put it, and in PATH', async () => {
      await using made = await temporaryFolder();
      await installFoundry(OTHER, made.path);
      await mkdir(path.join(made.path, '.foundry/versions/v1.0.0'));
      const inPath = path.join(made.path, '.foundry/versions', `v${OTHER}`);
      const home = path.join(made.path, 'none');
      const installed = async (search: ToolSearch) => {
        const found = await processEngine({
          tools: [forge],
          home,
          path: '',
          env: {},
          ...search,
        }).installed('forge');
        return found.map(({ version, source }) => `${version} ${source}`).sort();
      };
      const [bundled = ''] = await installed({});
      expect(bundled).toMatch(/ bundled$/);
      const both = (source: string) => [`${OTHER} ${source}`, bundled];
      const dir = path.join(made.path, '.foundry');
      expect(await installed({ env: { FOUNDRY_DIR: dir } })).toEqual(both('home'));
      expect(await installed({ env: { XDG_CONFIG_HOME: made.path } })).toEqual(both('home'));
      expect(await installed({ home: made.path })).toEqual(both('home'));
      expect(await installed({ path: inPath })).toEqual(both('path'));
      expect(await installed({ setting: () => inPath })).toEqual(both('settings'));
    }, 60_000);

    test('is first in PATH of its terminals', async () => {
      await putFile('.tool-versions', `foundry ${OTHER}\n`);
      await install();
      const { id } = await client.terminals.open({ project, columns: 200, rows: 20 });
      await client.terminals.write({ id, text: 'cast --version; forge --version; exit\r' });
      let text = '';
      for await (const event of await client.terminals.watch({ id, after: 0 })) {
        if (event.type === 'data') text += event.text;
        if (event.type === 'exit') break;
      }
      expect(text).toMatch(/cast Version: 1\.5\.1/);
      expect(text).toMatch(/forge Version: 1\.5\.1/);
      await client.terminals.close({ id });
    }, 30_000);
  },
);
