//! What can be typed after `unclench dose`.

use std::path::PathBuf;

use care::Guideline;
use care::medicine::Amount;
use clap::Subcommand;

use crate::own_record::{OwnRecord, Wants, WhichRecord};

/// What each command of a dose takes.
#[derive(Debug, clap::Args)]
pub(crate) struct DoseArgs {
    /// Where earlier versions kept what was taken
    #[arg(long, global = true, hide = true, value_name = "FILE")]
    pub(super) log: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: DoseCommand,
}

/// By which record, and how to print what follows.
#[derive(Debug, clap::Args)]
pub(super) struct By {
    #[command(flatten)]
    which: WhichRecord,
    /// Print JSON instead of text
    #[arg(long)]
    pub(super) json: bool,
}

impl By {
    /// Opens the record.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or JSON is wanted and no record is named.
    pub(super) fn open(&self, guideline: &Guideline, wants: Wants) -> anyhow::Result<OwnRecord> {
        self.which.need_named(self.json)?;
        OwnRecord::open(guideline, &self.which, wants)
    }

    /// Opens it to be looked at; an empty one where JSON is wanted and none is named.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub(super) fn open_if_used(&self, guideline: &Guideline) -> anyhow::Result<OwnRecord> {
        if self.which.is_used(self.json) {
            OwnRecord::open(guideline, &self.which, Wants::Reading)
        } else {
            Ok(OwnRecord::nowhere())
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum DoseCommand {
    /// May I take this now?
    #[command(after_help = "Examples:\n  \
unclench dose check advil --amount 2\n  \
unclench dose check paracetamol --amount 1000mg --region uk --at '2026-11-22 14:00'\n  \
unclench dose check advil --answers me.json --record me.db --json\n\n\
Your record says what you took and what you answered, as in the pages. With --json no record is looked at unless \
--record names one.\n\
The limits are those of one country: give --region us or --region uk. Without it the country of your settings counts, \
else the only one that sells the pack, else that of the last dose.\n\
Answers that are left out are unknown, never \"no\": then the verdict is to ask first, and the next question is shown.\n\n\
Exit codes: 0 allowed, or a daily low-dose aspirin, which is not judged; 1 not allowed now (wait, ask first, or never); 2 the input could not be used.")]
    Check {
        /// A brand or an ingredient: advil, "Excedrin Back & Body", ibuprofen
        product: String,
        /// How many tablets (or sachets, doses, patches), or milligrams: 2, 1.5, 400mg
        #[arg(long, value_name = "N", value_parser = amount)]
        amount: Option<Amount>,
        /// A file with the answers as one JSON object, or - for standard input; left out: those of the record
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// When: 14:30, 'yesterday 14:30', '2 hours ago', '2026-11-22 14:30', or with an offset 2026-11-22T14:30-05:00; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        by: By,
    },
    /// I have taken this: write it down, and hear if it was too much or too soon
    #[command(
        after_help = "It goes into your record, where the pages see it too; the record is made if there is none. A dose \
is always written down, also one that was too much. With --json name the record: --record FILE.\n\n\
Exit codes: 0 written down, with or without warnings; 1 it could not be written, or not be checked against the others; 2 the input could not be used, and \
nothing was written."
    )]
    Log {
        /// A brand or an ingredient: advil, "Excedrin Back & Body", ibuprofen
        product: String,
        /// How many tablets (or sachets, doses, patches), or milligrams: 2, 1.5, 400mg; one unit of a pack if left out
        #[arg(long, value_name = "N", value_parser = amount)]
        amount: Option<Amount>,
        /// When: 14:30, 'yesterday 14:30', '2 hours ago', '2026-11-22 14:30', or with an offset; `unknown` if you do not know, which counts as now; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        by: By,
    },
    /// What I took in the last 7 days, each with its number
    #[command(after_help = "Exit codes: 0 ok; 2 the input could not be used.")]
    List {
        #[command(flatten)]
        by: By,
    },
    /// I wrote something down that was not so: take it back
    #[command(after_help = "It no longer counts, and stays in the record.\n\n\
Exit codes: 0 taken back; 1 it could not be written; 2 there is no such dose.")]
    Withdraw {
        /// The number before it in `unclench dose list`
        #[arg(value_name = "NUMBER")]
        entry: i64,
        #[command(flatten)]
        which: WhichRecord,
    },
    /// I had too much of something, and a doctor, nurse or poison line said that I may take it again
    #[command(
        after_help = "After too much, the ingredient stays shut in every pack until this is written down.\n\n\
Exit codes: 0 written down; 1 it could not be written; 2 the input could not be used, or nothing of it is shut."
    )]
    Cleared {
        /// The ingredient, or a pack that holds it: acetaminophen, tylenol
        ingredient: String,
        /// When they said so: 14:30, 'yesterday 14:30', '2 hours ago', '2026-11-22 14:30', or with an offset; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        by: By,
    },
    /// When may I take the next one? By ingredient, with the totals of the last 24 hours
    #[command(
        after_help = format!(
            "{} `unclench dose check` also asks if it is safe for you.\n\nExit codes: 0 ok; 2 the input could not be used.",
            tell::Message::DoseTimeAndAmount
        )
    )]
    Next {
        /// When: 14:30, 'yesterday 14:30', '2 hours ago', '2026-11-22 14:30', or with an offset 2026-11-22T14:30-05:00; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        by: By,
    },
    /// Bring the log file of an earlier version into the record
    #[command(
        after_help = "Every dose and clearance of the file is added once, however often it is imported. A file with a line \
that is missing, changed or cut off is refused with the number of that line, and nothing of it is added.\n\n\
Exit codes: 0 added; 1 it could not be written; 2 the file could not be used."
    )]
    Import {
        /// The file that `unclench dose log --log FILE` wrote
        file: PathBuf,
        #[command(flatten)]
        which: WhichRecord,
    },
}

/// How much, as it is typed.
fn amount(text: &str) -> Result<Amount, String> {
    text.parse().map_err(|error| tell::unusable_amount(&error).to_string())
}
