import { Problem, Unclench } from "./core.mjs";

/** A file beside this one; written out in each call so that a bundler sees it and takes it along. */
async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`unclench: ${url} cannot be fetched: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Opens the guideline of this package, or one that `unclench book --compiled FILE` wrote. */
export async function open({ book } = {}) {
  const [module, guideline] = await Promise.all([
    fetched(new URL("./unclench.wasm", import.meta.url)),
    book ?? fetched(new URL("./guideline.bin", import.meta.url)),
  ]);
  return new Unclench(await WebAssembly.compile(module), guideline);
}

export { Problem, Unclench };
