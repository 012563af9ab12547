// The module's memory is the boundary: a text goes in as UTF-8, an answer comes out as JSON with
// its length before it. `boundary.rs` has the rules.

/** A request that was not answered, as RFC 9457 has it. It repeats nothing that was sent but the name of a field. */
export class Problem extends Error {
  constructor(problem) {
    const places = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`);
    super([problem.detail, ...places].join("\n"));
    this.name = "Problem";
    Object.assign(this, { title: problem.title, status: problem.status, detail: problem.detail, errors: problem.errors ?? [] });
  }
}

/** A guideline that answers. Every answer is a function of the request and of the guideline. */
export class Unclench {
  #exports;

  /** @param module the compiled WebAssembly module @param book the bytes of a compiled book */
  constructor(module, book) {
    this.#exports = new WebAssembly.Instance(module).exports;
    /** Which book decides: its version and hash. */
    this.guideline = Object.freeze(this.#told(this.#exports.open_book(...this.#given(book))));
  }

  /** The outcome with reasons, plan and certificate; or what is missing: both bounds and what to ask next. */
  assess(answers, options) {
    return this.#call("assess", { ...options, answers });
  }

  /** The one question that matters most now. */
  next(answers, options) {
    return this.#call("next", { ...options, answers });
  }

  /** Each rule that decides, with its condition, its sentence in the book and its sources. */
  explain(answers, options) {
    return this.#call("explain", { ...options, answers });
  }

  /** May this be taken now? */
  dose(request) {
    return this.#call("dose", request);
  }

  /** Whether a certificate holds, by an evaluator of its own. */
  verify(certificate) {
    return this.#call("verify", { certificate });
  }

  /** Every question, in the order of asking, with the answers that each takes. */
  questions() {
    return this.#call("questions", {});
  }

  #call(name, request) {
    const bytes = [name, JSON.stringify(request)].flatMap((text) => this.#given(new TextEncoder().encode(text)));
    return this.#told(this.#exports.call(...bytes, Date.now()));
  }

  /** Bytes inside the module. */
  #given(bytes) {
    const at = this.#exports.allocate(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes);
    return [at, bytes.length];
  }

  /** What the module gave. */
  #told(at) {
    const { memory, release } = this.#exports;
    const length = new DataView(memory.buffer).getUint32(at, true);
    const answer = JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, at + 4, length)));
    release(at);
    if (answer.problem) throw new Problem(answer.problem);
    if (answer.error) throw new Error(`unclench: ${answer.error}`);
    return answer.told;
  }
}
