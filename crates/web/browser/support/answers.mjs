// Answers of people, by the words on the screen.

/** A plain spasm of today, after lifting. */
export const PLAIN_SPASM = {
  "Age of the person": "44",
  "How many days ago": "0",
  "What were you doing": "Lifting or carrying",
  "Which side": "Both sides",
  "How strong is the pain now": "6",
  "What eases it most": "Lying down",
  fits: ["Low back or buttock"],
};

/** Somebody to whom something is different. */
export const but = (answers, others) => ({ ...answers, ...others, fits: [...answers.fits, ...(others.fits ?? [])] });
