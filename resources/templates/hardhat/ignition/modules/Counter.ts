import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

export default buildModule('Counter', (m) => {
  const counter = m.contract('Counter', [m.getAccount(0), m.getParameter('start', 1n)]);
  m.call(counter, 'increment');
  return { counter };
});
