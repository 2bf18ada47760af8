import { fileURLToPath } from 'node:url';
import hardhatIgnitionViem from '@nomicfoundation/hardhat-ignition-viem';
import hardhatViem from '@nomicfoundation/hardhat-viem';
import { defineConfig } from 'hardhat/config';

// The compiler in the package `solc`. Without a path, Hardhat downloads a faster one.
const compiler = {
  version: '0.8.37',
  path: fileURLToPath(import.meta.resolve('solc/soljson.js')),
};

export default defineConfig({
  plugins: [hardhatViem, hardhatIgnitionViem],
  solidity: { profiles: { default: compiler, production: compiler } },
  networks: {
    localhost: { type: 'http', url: 'http://127.0.0.1:8545' },
  },
});
