//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::after_triage::GivenArgs;
use crate::clinic::Reader;
use crate::cohort::CohortCommand;
use crate::diff::DiffArgs;
use crate::dose::DoseArgs;
use crate::export::ExportCommand;
use crate::own_record::WhichRecord;
use crate::record::{ImportArgs, RecordArgs};
use crate::recovery::RecoveryArgs;
use crate::report::ReportArgs;
use crate::serve::ServeArgs;

/// Is this back spasm dangerous, and what do I do now?
///
/// Without a command, opens its pages in a browser on this computer, as
/// `unclench serve` does. Nothing you answer leaves this computer.
///
/// Decision support and self-care information, not a medical device. In an
/// emergency call your emergency number instead.
#[derive(Debug, Parser)]
#[command(
    name = "unclench",
    version,
    after_help = "Exit codes: 0 ok; 1 failed; 2 usage or bad input; \
10 the outcome is an emergency."
)]
pub(crate) struct Cli {
    /// Use another book: a folder with README.md, sources.toml and chapters
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) guideline: Option<PathBuf>,

    /// Whose phone numbers to show: anywhere, us, uk, eu, ...
    #[arg(long, global = true, value_name = "REGION", env = "UNCLENCH_REGION", default_value = care::Region::ANYWHERE)]
    pub(crate) region: String,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open the pages: the questions, relief, medicines, the diary and more
    #[command(
        after_help = "Examples:\n  unclench serve\n  unclench serve --port 9000 --record me.db --no-open\n\n\
The record stays in one file on this computer. If it is sealed, the passphrase is asked for, or read from \
UNCLENCH_PASSPHRASE. Ctrl-C ends it; everything you answered is kept."
    )]
    Serve(ServeArgs),
    /// Your record: where it is, export, import, erase, seal with a passphrase, replay
    Record(RecordArgs),
    /// The page for the doctor as a PDF, to print or to send
    Report(ReportArgs),
    /// Hand over what the doctor's page says, for another system
    #[command(subcommand)]
    Export(ExportCommand),
    /// Take answers, diary and painkillers in from another system: shows them first
    Import(ImportArgs),
    /// Ask the questions: in the terminal, or driven by a program
    #[command(
        after_help = "In the terminal your answers go into your record, as in the pages: the interview goes on where you \
left it, here or there. --no-record tries it out and keeps nothing.\n\
With --jsonl no record is looked at and nothing is kept, unless --record names one.\n\n\
Exit codes: 0 there is an outcome; 10 it is an emergency; 1 it was stopped before; 2 the input could not be used."
    )]
    Interview {
        /// Print a question as a JSON object a line, read an answer object a line, until finished
        #[arg(long)]
        jsonl: bool,
        #[command(flatten)]
        which: WhichRecord,
    },
    /// Assess answers that are already there
    #[command(after_help = "Examples:\n  \
echo '{\"age\": 44, \"saddle_numbness\": \"no\", \"fever\": \"not sure\"}' | unclench assess --json\n  \
unclench assess --answers people.jsonl > outcomes.jsonl\n\n\
One JSON object, or JSON Lines with one object a line. An `id` in an object stands before its outcome again. Findings that are left out are unanswered, never \"no\".\n\
`unclench findings` lists every finding and what it takes.\n\n\
Exit codes: 0 ok; 10 the outcome is an emergency; 1 some lines were bad (each has an error object in its place); \
2 the input could not be used.")]
    Assess {
        /// A file with the answers, or - for standard input
        #[arg(long, value_name = "FILE", default_value = "-")]
        answers: String,
        /// What is wrong, in your own words: shows what would be asked to confirm, and no outcome
        #[arg(long, value_name = "TEXT", conflicts_with = "answers")]
        text: Option<String>,
        /// Print JSON instead of text (JSON Lines in always means JSON Lines out)
        #[arg(long)]
        json: bool,
    },
    /// Ask the book a question in your own words
    #[command(after_help = "Example:\n  unclench ask \"can dehydration cause back spasms\"")]
    Ask {
        /// The question
        #[arg(required = true, value_name = "QUESTION")]
        question: Vec<String>,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// Measure how well own words and questions are understood, over labelled sets
    #[command(after_help = "Example:\n  unclench words --misses stories.jsonl\n\n\
A row of a set: {\"id\": \"1\", \"text\": \"my bum is numb\", \"present\": {\"saddle_numbness\": \"yes\"}, \"also\": []}\n\
or {\"id\": \"2\", \"question\": \"heat or ice?\", \"kind\": \"answer\", \"expected\": [\"answer.ice_or_heat\"]}")]
    Words {
        /// The sets, as JSON Lines
        #[arg(required = true, value_name = "SET")]
        sets: Vec<PathBuf>,
        /// Show each miss, with the pattern that fired
        #[arg(long)]
        misses: bool,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// Check the book: every problem at once, with its line
    Check {
        /// Also run the vignettes in this folder
        #[arg(long, value_name = "DIR")]
        vignettes: Option<PathBuf>,
    },
    /// Prove what must hold for every possible set of answers
    #[command(
        after_help = "Examples:\n  unclench prove\n  unclench prove --theorem 1\n  unclench prove --export proofs && \
z3 proofs/theorem_01.smt2\n\n\
Where something does not hold, the smallest counterexample is printed as a vignette, ready to be kept.\n\n\
Exit codes: 0 everything holds; 1 something does not; 2 the book or the number could not be used."
    )]
    Prove {
        /// One theorem by its number; all of them if left out
        #[arg(long, value_name = "NUMBER")]
        theorem: Option<u8>,
        /// Write them into this folder instead, as SMT-LIB, for a solver that is not ours
        #[arg(long, value_name = "DIR")]
        export: Option<PathBuf>,
        /// Write the hazard log into this file instead
        #[arg(long, value_name = "FILE", conflicts_with_all = ["theorem", "export"])]
        safety_case: Option<PathBuf>,
    },
    /// Who is told something else by another version of the book?
    #[command(
        after_help = "Examples:\n  unclench diff HEAD~1 HEAD\n  unclench diff v1.0 guideline --page changes.html\n\n\
A version is a folder with a book, or a git revision of the repository that you are in, of which nothing is checked out. \
Of all answer sets that there are it says exactly how many have another outcome, those that are less urgent first, by which rule, \
and the plainest person of each kind, as a vignette in JSON and on the page.\n\n\
Exit codes: 0 nobody is less urgent; 1 somebody is; 2 a version could not be used."
    )]
    Diff(DiffArgs),
    /// Answer an assistant on a language model: the Model Context Protocol on standard input and output
    #[cfg(feature = "mcp")]
    #[command(
        after_help = "Exit codes: 0 the other side ended; 1 it does not speak the protocol; 2 the book could not be used."
    )]
    Mcp,
    /// Play case files of the MMVB, the benchmark of symptom checkers, and count by level
    #[command(
        after_help = "A file has one case, a list of them, or a set as the platform hands it out; a case has `caseData` and \
`valuesToPredict.expectedTriageLevel`.\n\n\
Exit codes: 0 nobody is told less than expected; 1 somebody is; 2 a file could not be used."
    )]
    Mmvb {
        /// Files with cases
        #[arg(required = true, value_name = "FILE")]
        cases: Vec<PathBuf>,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Explain a block or source of the book, or a vignette file
    Explain {
        /// An id of the book, or the path of a vignette
        what: String,
    },
    /// Painkillers from a shop: may I take one, I took one, when is the next?
    Dose(DoseArgs),
    /// Check a certificate again, with the separate evaluator
    Verify {
        /// A file with a certificate or an assessment that carries one, or - for standard input
        certificate: String,
    },
    /// Show where each statement of the source articles is acted on, and what tests it
    Claims {
        /// One claim, such as S1-016; all of them if left out
        id: Option<String>,
        /// The vignettes to look through; the built-in ones if left out
        #[arg(long, value_name = "DIR")]
        vignettes: Option<PathBuf>,
    },
    /// What may lie behind the pain, in order, once the danger questions are closed
    #[command(after_help = AFTER_TRIAGE)]
    Causes {
        #[command(flatten)]
        given: GivenArgs,
        /// Check the arithmetic instead, on people made from the model itself
        #[arg(long, conflicts_with_all = ["answers", "record"])]
        calibration: bool,
        /// How many people to make
        #[arg(long, requires = "calibration", default_value_t = 20_000)]
        people: u32,
        /// Where their chances start: the same seed makes the same people
        #[arg(long, requires = "calibration", default_value_t = 44)]
        seed: u64,
    },
    /// What keeps spasms away, chosen for the person, with a schedule
    #[command(after_help = AFTER_TRIAGE)]
    Habits {
        #[command(flatten)]
        given: GivenArgs,
    },
    /// What to expect of a clinician and ask, or the clinician's form
    #[command(after_help = AFTER_TRIAGE)]
    Clinic {
        #[command(flatten)]
        given: GivenArgs,
        /// Who reads it
        #[arg(long = "for", value_name = "READER", value_enum, default_value = "person")]
        reader: Reader,
    },
    /// A diary of pain against the expected course, and what the checkpoints say
    #[command(
        after_help = "Left out, the diary is that of your record, with its answers. Else it is an export of a record, JSON or CSV, or a \
CSV file with the columns day,pain and, if you like, function and place:\n\n  \
day,pain,function\n  0,7,2\n  1.5,6,4\n  3,4,6\n\n\
day: days since it began, or dates with or without a time (the first entry then counts as the start).\n\
pain: 0 for none to 10 for the worst you can think of. function: 0 for nothing to 10 for everything as before.\n\
place: one of the body map, such as low_back_left.\n\
With --json give the diary, or name the record with --record. Nothing is written to the record."
    )]
    Recovery(RecoveryArgs),
    /// The records of many people at once: who would be sent where, and by which rule
    #[command(subcommand)]
    Cohort(CohortCommand),
    /// Print every finding and question as JSON
    Findings,
    /// Draw what leads where (DOT), or measure how much there is to read
    Graph {
        /// A drawing as SVG instead of DOT
        #[arg(long)]
        svg: bool,
        /// Measure screens and lines instead: to each emergency, and over the vignettes
        #[arg(long)]
        burden: bool,
        /// Vignettes for the distribution; the built-in ones if left out
        #[arg(long, value_name = "DIR", requires = "burden")]
        vignettes: Option<PathBuf>,
        /// The measurements as JSON
        #[arg(long, requires = "burden")]
        json: bool,
    },
    /// Write the guideline as a printable HTML book, with a paper version of the triage
    Book {
        /// The folder to write; made if missing
        #[arg(required_unless_present = "compiled")]
        dir: Option<PathBuf>,
        /// Write one file instead, for a program that has no compiler: the checked book and its pages
        #[arg(long, value_name = "FILE", conflicts_with = "dir")]
        compiled: Option<PathBuf>,
    },
}

/// Of what is read once the triage is finished.
const AFTER_TRIAGE: &str = "Your record says what you answered, as in the pages. With --json no record is looked at unless \
--record names one.\n\n\
Exit codes: 0 ok, also where questions are still open; 10 the outcome is an emergency; 2 the input could not be used.";
