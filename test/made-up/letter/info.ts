import { describeKind } from '#main/shared/kind.ts';

/** Letters to a chain: a kind that only tests know. */
export const letterInfo = describeKind({
  id: 'letter',
  label: 'Letter',
  icon: 'mail',
  markers: ['letter.json'],
  target: 'chain',
  family: 'contracts',
  phases: [
    { id: 'walk', label: 'Walk there', limit: null, afterCrash: 'repeat', acquires: true },
    { id: 'write', label: 'Write', limit: 60, afterCrash: 'repeat' },
    { id: 'post', label: 'Post', limit: 90, afterCrash: 'check' },
    { id: 'file', label: 'File away', limit: null, afterCrash: 'check' },
  ],
  inputs: [
    { name: 'text', control: 'text', label: 'Text', required: true, remembered: true },
    { name: 'paper', control: 'choice', label: 'Paper', options: ['plain', 'lined'] },
    { name: 'stamps', control: 'number', label: 'Stamps', option: '--stamps <n>' },
    { name: 'express', control: 'switch', label: 'Express', advanced: true },
    { name: 'copies', control: 'file', label: 'Copies', repeatable: true },
    { name: 'marks', control: 'env', label: 'Marks', repeatable: true },
    { name: 'seal', control: 'json', label: 'Seal' },
    { name: 'reader', control: 'domain', label: 'Reader' },
    { name: 'box', control: 'port', label: 'Box' },
    { name: 'clerk', control: 'account', label: 'Clerk' },
    { name: 'greeting', control: 'entry', label: 'Greeting' },
    { name: 'tone', control: 'call', label: 'Tone', of: 'greeting' },
    { name: 'words', control: 'abi-arguments', label: 'Words', of: 'tone' },
  ],
  actions: [],
});
