"use strict";

/** Opens the guideline of this package, or one that `unclench book --compiled FILE` wrote. */
exports.open = async (options) => (await import("./node.mjs")).open(options);
