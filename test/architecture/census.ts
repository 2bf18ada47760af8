const tool = /forge(?!t|r|d)|foundry|hardhat|ignition|solc|soljson|soldeer/gi;
const chainTool = /anvil/gi;

/** Where anvil belongs: what starts chains, what reaches them, and what stands before them. */
const chainRooms = [
  'src/main/features/chains/',
  'src/main/gateway/',
  'src/main/targets/chain/',
  'src/renderer/features/chains/',
];

/** The compiler of the language, whichever kind's tool has it at hand. */
const compilerRoom = 'src/main/solidity/compiler/';

/** The tools of single kinds that a file outside of `kinds/<id>` names, each once, in lower case. */
export function toolsNamed(file: string, source: string): string[] {
  if (/^src\/main\/kinds\/[^/]+\//.test(file)) return [];
  if (file.startsWith(compilerRoom)) return [];
  const isChain = chainRooms.some((room) => file.startsWith(room));
  const found = [
    ...(source.match(tool) ?? []),
    ...(isChain ? [] : (source.match(chainTool) ?? [])),
  ];
  return [...new Set(found.map((name) => name.toLowerCase()))].sort();
}
