// Packs dist into dist.zip, from which the hub has its apps where there is no Node.js to build them.
import { writeFileSync } from 'node:fs';
import { DIST, filesOf, pack, ZIP } from './dist.mjs';

const zip = pack(filesOf(DIST));
writeFileSync(ZIP, zip);
console.log(`dist.zip: ${zip.length} bytes`);
