// Serves the static site on this computer, as a static host would: `cargo xtask site --serve`.

import { Host } from "./support/host.mjs";

const [folder, base] = process.argv.slice(2);
const host = new Host(folder, base);
await host.starts();
console.log(`${host.origin}${base}  (Ctrl-C ends it)`);
