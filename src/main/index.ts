import { main } from './doors/electron/main.ts';

main();
