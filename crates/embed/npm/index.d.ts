/** What a request has beside its answers. */
export interface Options {
  /** By what you tell your cases apart; handed on as it is. */
  id?: string;
  /** Whose phone numbers to give; anywhere where it is left out. */
  region?: RegionId;
}

/** A request that was not answered, as RFC 9457 has it. It repeats nothing that was sent but the name of a field. */
export declare class Problem extends Error {
  readonly name: "Problem";
  /** The words of the status. */
  readonly title: string;
  /** The status, as HTTP counts them. */
  readonly status: number;
  /** What to do about it. */
  readonly detail: string;
  /** Where in the request, as JSON pointers, and what is wrong there. */
  readonly errors: Fault[];
}

/** A guideline that answers. Every answer is a function of the request and of the guideline. */
export declare class Unclench {
  private constructor();
  /** Which book decides. */
  readonly guideline: Readonly<BookVersion>;
  /** The outcome with reasons, plan and certificate; or what is missing: both bounds and what to ask next. */
  assess(answers: Answers, options?: Options): Assessed;
  /** The one question that matters most now. */
  next(answers: Answers, options?: Options): ToAsk;
  /** Each rule that decides, with its condition, its sentence in the book and its sources. */
  explain(answers: Answers, options?: Options): Explained;
  /** May this be taken now? */
  dose(request: Dose): DoseCheck;
  /** Whether a certificate holds, by an evaluator of its own. */
  verify(certificate: Certificate): Verified;
  /** Every question, in the order of asking, with the answers that each takes. */
  questions(): Questions;
}

/** Opens the guideline of this package, or one that `unclench book --compiled FILE` wrote. */
export declare function open(options?: { book?: Uint8Array }): Promise<Unclench>;
