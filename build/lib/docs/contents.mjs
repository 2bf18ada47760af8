/** Every page in the order in which it is listed, and what it is listed under. */
export const contents = [
  { title: 'Start', pages: ['index', 'first-deploy', 'how-it-works'] },
  {
    title: 'Guides',
    pages: [
      ...[
        'snapshots-and-forks',
        'hardhat',
        'docker',
        'apps',
        'variables',
        'wallets',
        'live-networks',
        'inside',
        'upgrades',
      ],
      ...['safety', 'updates', 'shell'],
    ],
  },
  { title: 'Reference', pages: ['troubleshooting', 'commands', 'api'] },
  { title: 'For developers', pages: ['architecture'] },
];

export const pageNames = contents.flatMap(({ pages }) => pages);
