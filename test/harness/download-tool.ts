import { pino } from 'pino';
import { ToolDownloads } from '#main/engines/process/tool-downloads.ts';
import { processes } from '#main/lib/processes/processes.ts';

// Downloads one tool to a folder; see `test/engines/tool-downloads.test.ts`.
const { folder, url, integrity, name, version, file } = JSON.parse(process.argv[2] ?? '{}');

const downloads = new ToolDownloads({
  folder,
  tools: [
    {
      ...{ name: 'thing', versionArgs: [], setting: null, homeFolder: null, variables: null },
      bundled: { package: name, file },
      remedy: { missing: '', broken: '' },
    },
  ],
  leftOut: [{ name, version, integrity }],
  owner: await processes.own(),
  ...{ caFile: () => '', env: { npm_config_registry: url }, home: '/nowhere' },
  changed: () => undefined,
  mask: (text) => text,
  logger: pino({ level: 'silent' }),
});
await downloads.download();
