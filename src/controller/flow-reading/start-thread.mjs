// The first lines of the thread of flow-reader.ts. A thread does not inherit what bin/strowger registered, so TypeScript is
// made readable here before any of it is loaded.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
