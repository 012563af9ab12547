import { readFile } from "node:fs/promises";
import { Problem, Unclench } from "./core.mjs";

const file = (name) => readFile(new URL(name, import.meta.url));

/** Opens the guideline of this package, or one that `unclench book --compiled FILE` wrote. */
export async function open({ book } = {}) {
  const [module, guideline] = await Promise.all([file("unclench.wasm"), book ?? file("guideline.bin")]);
  return new Unclench(await WebAssembly.compile(module), guideline);
}

export { Problem, Unclench };
