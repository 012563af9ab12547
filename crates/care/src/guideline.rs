//! The book as values: what `compiler` makes and everything else reads.

use serde::{Deserialize, Serialize};

use crate::block::{Block, BlockKind, Index, of_words as references_of_words};
use crate::condition::{Condition, OptionIndex};
use crate::deferred::Deferred;
use crate::knowledge::{Claim, Habit, KnownAnswer, NotFollowed, Referral};
use crate::medicine::{ClassWords, Medicine, OtherMedicine, Product};
use crate::program::Program;
use crate::quantity::Seconds;
use crate::urgency::Urgency;
use crate::words::Words;

/// Each kind of id is its own type: an index into its list in the [`Book`].
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(pub u16);

        impl $name {
            /// The position in its list.
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    )* };
}

ids! {
    /// Which finding of [`Book::findings`].
    FindingId;
    /// Which question of [`Book::questions`].
    QuestionId;
    /// Which rule of [`Book::rules`].
    RuleId;
    /// Which cause of [`Book::causes`].
    CauseId;
    /// Which remedy of [`Book::remedies`].
    RemedyId;
    /// Which habit of [`Book::habits`].
    HabitId;
    /// Which entry of [`Book::referrals`].
    ReferralId;
    /// Which source of [`Book::sources`].
    SourceId;
    /// Which of [`Book::outcomes`].
    OutcomeId;
    /// Which of [`Book::disagreements`].
    DisagreementId;
    /// Which line of [`Book::come_back`].
    ComeBackLineId;
    /// Which of [`Book::regions`].
    RegionId;
    /// Which of [`Book::medicines`].
    MedicineId;
    /// Which of [`Book::products`].
    ProductId;
    /// Which of [`Book::other_medicines`].
    OtherMedicineId;
    /// Which of [`Book::medicine_classes`].
    MedicineClassId;
    /// Which of [`Book::answers`].
    AnswerId;
    /// Which of [`Book::not_followed`].
    NotFollowedId;
}

/// Everything the book says, with every name resolved. Lists are in reading order.
///
/// A plain value that any code may build; only [`Guideline::new`] makes it usable.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// Version of the book, from the paragraph under its title.
    pub version: String,
    /// SHA-256 over the paths and texts of all its files, in hexadecimal.
    pub hash: String,
    /// What can be known.
    pub findings: Vec<Finding>,
    /// How it is asked, one screen each.
    pub questions: Vec<Question>,
    /// When it matters.
    pub rules: Vec<Rule>,
    /// What may lie behind it.
    pub causes: Vec<Cause>,
    /// What a person can do.
    pub remedies: Vec<Remedy>,
    /// Where sources differ.
    pub disagreements: Vec<Disagreement>,
    /// What a person is told: one for each urgency, and others that rules ask for.
    pub outcomes: Vec<Outcome>,
    /// The lines of the short come-back card.
    pub come_back: Vec<ComeBackLine>,
    /// Whom to call where.
    pub regions: Vec<Region>,
    /// Painkillers that can be bought without a prescription.
    pub medicines: Vec<Medicine>,
    /// What is in which box.
    pub products: Vec<Product>,
    /// Medicines that can be written down, without doses.
    pub other_medicines: Vec<OtherMedicine>,
    /// What holds for whole classes of medicines.
    pub medicine_classes: Vec<ClassWords>,
    /// What keeps spasms away.
    pub habits: Vec<Habit>,
    /// What a clinician may ask, examine, image and do.
    pub referrals: Vec<Referral>,
    /// Questions that people ask.
    pub answers: Vec<KnownAnswer>,
    /// Claims that we do not act on.
    pub not_followed: Vec<NotFollowed>,
    /// Every claim of the source articles.
    pub claims: Vec<Claim>,
    /// Every source once.
    pub sources: Vec<Source>,
    /// Words that mean the same, for free text and questions.
    pub words: Deferred<Words>,
}

impl Book {
    /// Every source once, without the places in it that are cited.
    pub fn whole_sources(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.sources).filter(|(_, source)| source.at.is_none())
    }

    /// Whether one of these sources is this one, or a place in it.
    pub fn cites(&self, sources: &[SourceId], source: SourceId) -> bool {
        sources.iter().any(|cited| {
            let (cited, source) = (self.sources.get(cited.index()), self.sources.get(source.index()));
            cited.map(|cited| &cited.id) == source.map(|source| &source.id)
        })
    }
}

/// Where a block stands in the book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path below the book's folder, with forward slashes.
    pub file: String,
    /// Line of the block's first key, counted from 1.
    pub line: usize,
    /// The paragraph directly above the block: the sentence it formalises. May be empty.
    pub prose: String,
}

/// Something that can be known about the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, as it stands in the book")]
pub struct Finding {
    /// The one name it has everywhere.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What kind of answer it takes.
    pub kind: FindingKind,
    /// Words on the screen.
    pub label: String,
    /// Yes can only raise urgency.
    pub danger: bool,
    /// Computed from the diary and never asked; see [`crate::recovery`]. Without a
    /// diary it does not apply, which counts as no.
    pub derived: bool,
    /// A lasting fact that no come-back card mentions.
    pub lasting: bool,
    /// Words after "Come back if".
    pub come_back: Option<String>,
    /// The finding whose "not sure" this one settles: it is asked only then, and
    /// its answer counts in place of the "not sure". It stands in no condition.
    pub follows_up: Option<FindingId>,
    /// How people say it: patterns over classes of words, see `free_text::patterns`.
    pub hears: Deferred<Vec<Hears>>,
    /// Ever having had it is enough, so that what is told of long ago counts.
    pub ever: bool,
    /// How it is said back to a person who told of it, with the answer for `{}`: `eased by {}`.
    pub told: Option<String>,
    /// Findings that this one takes in: where one of them is told of, so is this one.
    pub heard_with: Vec<FindingId>,
    /// ICD-10-CM codes.
    pub icd10cm: Vec<String>,
    /// LOINC codes.
    pub loinc: Vec<String>,
    /// SNOMED CT ids.
    pub snomed: Vec<String>,
    /// Where it is taken from.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// One way in which people say a finding, or one option of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hears {
    /// The option that it means; `None` for a yes/no finding.
    pub option: Option<OptionIndex>,
    /// The pattern as it stands in the book.
    pub pattern: String,
}

/// What kind of answer a finding takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindingKind {
    /// Yes or no.
    YesNo,
    /// A whole number.
    Number {
        /// The unit in words: `years`.
        unit: String,
        /// Smallest value that is accepted.
        min: i64,
        /// Largest value that is accepted.
        max: i64,
    },
    /// One of these options, in the order shown. At least two.
    Choice(Vec<ChoiceOption>),
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// The id used in answers and conditions.
    pub id: String,
    /// Words on the screen.
    pub label: String,
}

/// One screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its name.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The question itself.
    pub ask: String,
    /// What it is about in a few words, where the whole question would be too long:
    /// beside its answers on the page to check them.
    pub title: Option<String>,
    /// Why we ask.
    pub why: String,
    /// How to tell.
    pub help: Option<String>,
    /// What it asks for, in order; never empty.
    pub shows: Vec<FindingId>,
    /// Which part of the interview it belongs to.
    pub chapter: Chapter,
    /// Other words for "None of these".
    pub none: Option<String>,
    /// Asked only while this is not known to be false.
    pub only_if: Option<Gate>,
    /// Where it is taken from.
    pub sources: Vec<SourceId>,
}

/// A condition on being asked, and why "no" is sound when it is not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// Asked only while this is not known to be false.
    pub condition: Condition,
    /// The assumption behind it, listed in the safety case.
    pub otherwise_no_because: String,
}

/// A part of the interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Chapter {
    /// Signs that may mean danger.
    Danger,
    /// The person.
    AboutYou,
    /// What happened.
    Story,
    /// What a safe plan needs to know.
    Plan,
    /// What may have brought it on; asked after the triage, of whoever wants to know.
    Causes,
    /// What a painkiller must not meet; asked after the triage, of whoever wants one.
    Medicines,
}

impl Chapter {
    /// Every part, in no particular order of asking.
    pub const ALL: [Self; 6] =
        [Self::Danger, Self::AboutYou, Self::Story, Self::Plan, Self::Causes, Self::Medicines];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::AboutYou => "about_you",
            Self::Story => "story",
            Self::Plan => "plan",
            Self::Causes => "causes",
            Self::Medicines => "medicines",
        }
    }

    /// The heading a person sees.
    pub fn title(self) -> &'static str {
        match self {
            Self::Danger => "Danger signs",
            Self::AboutYou => "About you",
            Self::Story => "What happened",
            Self::Plan => "For a safe plan",
            Self::Causes => "What may lie behind it",
            Self::Medicines => "Medicines",
        }
    }
}

/// When something matters, and how much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The condition, as written in the book.
    pub when_text: String,
    /// The condition.
    pub when: Condition,
    /// How soon, if it holds. Never [`Urgency::SelfCare`].
    pub urgency: Urgency,
    /// How soon, if only "not sure" answers leave it open. At most `urgency`;
    /// [`Urgency::SelfCare`] means that it then adds nothing.
    pub if_not_sure: Urgency,
    /// What one thinks of.
    pub suspect: Option<CauseId>,
    /// What the person is told.
    pub because: String,
    /// Lines that the person should also know of, what matters most first.
    pub calls: Vec<HelpLine>,
    /// What is told in place of the outcome of its urgency.
    pub tells: Option<OutcomeId>,
    /// Row ids of the evidence tables.
    pub evidence: Vec<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// What may lie behind the pain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What sort of cause.
    pub kind: CauseKind,
    /// Plain name, lower case.
    pub name: String,
    /// The clinician's term.
    pub term: Option<String>,
    /// One or two plain sentences.
    pub explain: String,
    /// For ranked conditions and mimics: how many of 1,000 adults with back pain have it.
    pub base_rate: Option<f64>,
    /// Where that number is taken from.
    pub base_rate_sources: Vec<SourceId>,
    /// What speaks for and against it.
    pub evidence: Vec<Evidence>,
    /// For ranked conditions and mimics: never called likely unless this is known to be false.
    pub not_likely_if: Option<Condition>,
    /// For ranked conditions and mimics: a rule that points to one of these points to this as well.
    pub goes_with: Vec<CauseId>,
    /// What would confirm it, and who does that.
    pub confirm: Option<String>,
    /// For contributors: listed where this is known to be true.
    pub when: Option<Condition>,
    /// For contributors: names of remedies and habits that act on it.
    pub helps: Vec<String>,
    /// Where it is taken from.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

impl Cause {
    /// The plain name, with the clinician's term behind it.
    pub fn full_name(&self) -> String {
        let term = self.term.as_ref().map(|term| format!(" ({term})")).unwrap_or_default();
        format!("{}{term}", self.name)
    }
}

/// How much one answer speaks for or against a cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What is asked.
    pub condition: Condition,
    /// Likelihood ratio where it is known to be true; 1 says nothing. Above 0.
    pub yes: f64,
    /// Likelihood ratio where it is known to be false; 1 says nothing. Above 0.
    pub no: f64,
    /// It all but makes the diagnosis: where it is known to be true, its ratio stands
    /// outside the limit on what all answers together may weigh.
    pub defining: bool,
    /// Where the ratios are taken from; never empty.
    pub sources: Vec<SourceId>,
}

/// What sort of cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CauseKind {
    /// Helps to bring a spasm on; several can act together.
    Contributor,
    /// A condition of the back itself.
    Condition,
    /// Something elsewhere that feels like a spasm.
    Mimic,
}

/// Something the person can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remedy {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What it is called.
    pub name: String,
    /// When in the course.
    pub stage: Stage,
    /// The highest urgency at which it may still be shown; below [`Urgency::Emergency`].
    pub up_to: Urgency,
    /// Shown only where this is known to be true.
    pub offer: Option<Condition>,
    /// Shown only where this is known to be false.
    pub avoid: Option<Condition>,
    /// One sentence to the person, with `avoid`.
    pub avoid_because: Option<String>,
    /// What it is for.
    pub why: String,
    /// What to do, in order; never empty.
    pub steps: Vec<RemedyStep>,
    /// The shortest pause before doing it again.
    pub gap: Option<Seconds>,
    /// When to stop.
    pub stop_if: Vec<String>,
    /// How well it is supported.
    pub strength: Strength,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// One step of a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemedyStep {
    /// What to do.
    pub text: String,
    /// How long.
    pub timer: Option<Seconds>,
}

/// When in the course of a spasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// The first hour.
    Now,
    /// The first days.
    FirstDays,
    /// Getting back to normal.
    GettingBack,
    /// Keeping it away.
    StayingWell,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 4] = [Self::Now, Self::FirstDays, Self::GettingBack, Self::StayingWell];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::FirstDays => "first_days",
            Self::GettingBack => "getting_back",
            Self::StayingWell => "staying_well",
        }
    }

    /// The heading a person sees.
    pub fn title(self) -> &'static str {
        match self {
            Self::Now => "Right now",
            Self::FirstDays => "The next days",
            Self::GettingBack => "Getting back to normal",
            Self::StayingWell => "Staying well",
        }
    }
}

/// What studies say of advice: whether it was tested at all, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Strength {
    /// Several good studies agree that it helps.
    Helps,
    /// Some studies found that it helps.
    MayHelp,
    /// Studied, with too little or mixed results.
    Unclear,
    /// Common advice that no study has tested for this.
    Untested,
    /// Good studies found that it does not help.
    NoHelp,
}

impl Strength {
    /// Every strength, best first.
    pub const ALL: [Self; 5] = [Self::Helps, Self::MayHelp, Self::Unclear, Self::Untested, Self::NoHelp];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Helps => "helps",
            Self::MayHelp => "may_help",
            Self::Unclear => "unclear",
            Self::Untested => "untested",
            Self::NoHelp => "no_help",
        }
    }

    /// What a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Helps => "tested: helps",
            Self::MayHelp => "tested: may help",
            Self::Unclear => "tested: no clear help",
            Self::Untested => "not tested",
            Self::NoHelp => "tested: does not help",
        }
    }
}

/// Where sources differ, shown to the reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// A short title.
    pub topic: String,
    /// The remedies it concerns.
    pub about: Vec<RemedyId>,
    /// Other blocks it concerns, by kind and name: `habit.lift_with_care`.
    pub about_others: Vec<String>,
    /// Who says what; at least two.
    pub positions: Vec<Position>,
    /// What we chose.
    pub we_do: String,
    /// Why.
    pub because: String,
}

/// One side of a disagreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// What is said.
    pub says: String,
    /// By whom.
    pub sources: Vec<SourceId>,
}

/// What a person is told at one urgency, or at that urgency for some reasons only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its name in the data; the urgency's own for what is told at it as a rule.
    pub id: String,
    /// Which.
    pub urgency: Urgency,
    /// Where it stands.
    pub place: Place,
    /// The heading.
    pub title: String,
    /// The line to call before the emergency number, where the region has it.
    pub first_call: Option<HelpLine>,
    /// What to do, first things first; never empty.
    pub actions: Vec<String>,
    /// What to do as well where another outcome leads.
    pub also: Vec<String>,
    /// Standing lines.
    pub say: Vec<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// A line of the short come-back card. It stands for several findings, of which
/// one is enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComeBackLine {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The words after "Come back if".
    pub says: String,
    /// The findings it stands for; never empty.
    pub covers: Vec<FindingId>,
    /// The outcome it leads to even where no single change would: then it stands on
    /// every card below that.
    pub standing: Option<Urgency>,
    /// Never empty.
    pub sources: Vec<SourceId>,
}

/// Whom to call in one part of the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Its name in the data: `us`.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Country or area.
    pub name: String,
    /// The emergency number.
    pub emergency: String,
    /// A line for health advice.
    pub advice: Option<String>,
    /// A line for people in a crisis.
    pub crisis: Option<String>,
    /// A line for poisoning.
    pub poison: Option<String>,
    /// Whom to call in pregnancy and after a birth.
    pub maternity: Option<String>,
    /// A line for people who are hurt or threatened by someone close to them.
    pub abuse: Option<String>,
    /// Where the numbers are taken from.
    pub sources: Vec<SourceId>,
}

impl Region {
    /// The number of a line, where the region has one.
    pub fn line(&self, line: HelpLine) -> Option<&str> {
        match line {
            HelpLine::Crisis => self.crisis.as_deref(),
            HelpLine::Poison => self.poison.as_deref(),
            HelpLine::Maternity => self.maternity.as_deref(),
            HelpLine::Abuse => self.abuse.as_deref(),
        }
    }
}

/// A telephone line for one kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HelpLine {
    /// For people in a crisis.
    Crisis,
    /// For poisoning and overdoses.
    Poison,
    /// For people who are pregnant or have just given birth.
    Maternity,
    /// For people who are hurt or threatened by someone close to them.
    Abuse,
}

impl HelpLine {
    /// Every line.
    pub const ALL: [Self; 4] = [Self::Crisis, Self::Poison, Self::Maternity, Self::Abuse];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Crisis => "crisis",
            Self::Poison => "poison",
            Self::Maternity => "maternity",
            Self::Abuse => "abuse",
        }
    }

    /// What a person reads before the number.
    pub fn title(self) -> &'static str {
        match self {
            Self::Crisis => "Crisis line, to talk to someone now",
            Self::Poison => "Poison line",
            Self::Maternity => "Maternity unit",
            Self::Abuse => "Someone to talk to, in private",
        }
    }
}

/// A source, or one place in it that is cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its name in the data; a place in a source has the name of the source.
    pub id: String,
    /// The place that is cited, in the source's own numbering or headings; `None`
    /// for the source as a whole, which is listed once.
    pub at: Option<String>,
    /// Title, with authors where that helps.
    pub title: String,
    /// Year, where it has one.
    pub year: Option<u16>,
    /// Where to find it.
    pub link: String,
    /// What sort of source.
    pub kind: SourceKind,
    /// How much it weighs.
    pub weight: Weight,
}

impl Source {
    /// The title, with the place that is cited: `Back pain, 1.1.2`.
    pub fn cited(&self) -> String {
        match &self.at {
            Some(at) => format!("{}, {at}", self.title),
            None => self.title.clone(),
        }
    }
}

/// What sort of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SourceKind {
    /// One of the articles the project began with.
    Article,
    /// A clinical guideline.
    Guideline,
    /// A single study.
    Study,
    /// A systematic review.
    Review,
    /// The label of a medicine.
    Label,
    /// A public body.
    Agency,
    /// Widely taught, not yet tied to a document.
    Knowledge,
    /// Our own choice, awaiting clinical sign-off.
    Judgement,
}

/// How much a source weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weight {
    /// Little.
    Low,
    /// Some.
    Moderate,
    /// Much.
    High,
}

/// A checked book, ready to decide.
///
/// Made once at start; everything else borrows it.
#[derive(Clone, Debug)]
pub struct Guideline {
    book: Book,
    program: Program,
    /// For each finding, the question that shows it.
    asked_by: Vec<Option<QuestionId>>,
    /// For each finding, the one that settles its "not sure".
    followed_up_by: Vec<Option<FindingId>>,
}

/// A book whose parts do not fit together. `compiler` never makes one; it
/// reports the same faults with their line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenBook {
    /// Something refers to what is not there, or a test does not fit its finding.
    #[error("the {in_what} `{id}` refers to something that the book does not have")]
    Dangling {
        /// The kind of block.
        in_what: &'static str,
        /// Its id.
        id: String,
    },
    /// A list is too long for ids of 16 bits.
    #[error("there are more than 65,535 blocks of the kind `{0}`")]
    TooMany(&'static str),
    /// Two questions show the same finding.
    #[error("the finding `{0}` is shown by two questions")]
    ShownTwice(String),
    /// A question depends on what is asked later, or on itself.
    #[error("the question `{0}` depends on something that is not asked before it")]
    AskedTooEarly(String),
    /// Rules refer to each other in a circle.
    #[error("the rule `{0}` refers to itself")]
    Circular(String),
    /// A rule refers to a rule that refers to a rule, and so on, farther than anyone follows.
    #[error("the rule `{0}` rests on more than {FARTHEST} rules behind each other")]
    TooFar(String),
    /// A level that the type of block does not allow: "not sure" above "yes", a rule
    /// of no urgency, or a remedy in an emergency.
    #[error("the {in_what} `{id}` has a level that it cannot have")]
    Level {
        /// The kind of block.
        in_what: &'static str,
        /// Its id.
        id: String,
    },
    /// A level of urgency has no outcome, or has two.
    #[error("there must be exactly one outcome for `{0}`")]
    Outcome(Urgency),
    /// A follow-up that does not follow up one yes/no finding, on a screen of its own
    /// that comes later; or one that a condition uses.
    #[error("the finding `{0}` cannot settle a \"not sure\"")]
    FollowUp(String),
}

impl Guideline {
    /// Checks that the parts fit together and compiles the conditions.
    ///
    /// # Errors
    ///
    /// The first [`BrokenBook`]; a book that went through `compiler` has none.
    pub fn new(book: Book) -> Result<Self, BrokenBook> {
        check_references(&book)?;
        check_levels(&book)?;
        let mut asked_by = vec![None; book.findings.len()];
        for (question_index, question) in (0..).zip(&book.questions) {
            for finding in &question.shows {
                let slot = &mut asked_by[finding.index()];
                if slot.replace(QuestionId(question_index)).is_some() {
                    let id = book.findings[finding.index()].id.clone();
                    return Err(BrokenBook::ShownTwice(id));
                }
            }
        }
        for urgency in Urgency::ALL {
            if book.outcomes.iter().filter(|outcome| outcome.id == urgency.id()).count() != 1 {
                return Err(BrokenBook::Outcome(urgency));
            }
        }
        check_order(&book, &asked_by)?;
        let followed_up_by = follow_ups(&book, &asked_by)?;
        let program = Program::compile(&book, &followed_up_by);
        Ok(Self { book, program, asked_by, followed_up_by })
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The conditions of the book as a flat program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// A finding.
    pub fn finding(&self, id: FindingId) -> &Finding {
        &self.book.findings[id.index()]
    }

    /// A question.
    pub fn question(&self, id: QuestionId) -> &Question {
        &self.book.questions[id.index()]
    }

    /// A rule.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.book.rules[id.index()]
    }

    /// A cause.
    pub fn cause(&self, id: CauseId) -> &Cause {
        &self.book.causes[id.index()]
    }

    /// A remedy.
    pub fn remedy(&self, id: RemedyId) -> &Remedy {
        &self.book.remedies[id.index()]
    }

    /// A habit.
    pub fn habit(&self, id: HabitId) -> &Habit {
        &self.book.habits[id.index()]
    }

    /// Something a clinician may do.
    pub fn referral(&self, id: ReferralId) -> &Referral {
        &self.book.referrals[id.index()]
    }

    /// A source.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.book.sources[id.index()]
    }

    /// What a person is told at this urgency as a rule.
    pub fn outcome(&self, urgency: Urgency) -> &Outcome {
        let outcomes = &self.book.outcomes;
        outcomes.iter().find(|outcome| outcome.id == urgency.id()).unwrap_or(&outcomes[0])
    }

    /// The page that a rule leads to: its own, or the usual one of its urgency.
    pub fn outcome_told_by(&self, rule: RuleId) -> &Outcome {
        let rule = self.rule(rule);
        rule.tells.map_or_else(|| self.outcome(rule.urgency), |own| self.outcome_with(own))
    }

    /// What is told for a rule of this name in place of the outcome of its urgency.
    pub fn outcome_with(&self, id: OutcomeId) -> &Outcome {
        &self.book.outcomes[id.index()]
    }

    /// The finding with this name.
    pub fn finding_named(&self, id: &str) -> Option<FindingId> {
        position(&self.book.findings, |finding| finding.id == id).map(FindingId)
    }

    /// The question with this name.
    pub fn question_named(&self, id: &str) -> Option<QuestionId> {
        position(&self.book.questions, |question| question.id == id).map(QuestionId)
    }

    /// The rule with this name.
    pub fn rule_named(&self, id: &str) -> Option<RuleId> {
        position(&self.book.rules, |rule| rule.id == id).map(RuleId)
    }

    /// The remedy with this name.
    pub fn remedy_named(&self, id: &str) -> Option<RemedyId> {
        position(&self.book.remedies, |remedy| remedy.id == id).map(RemedyId)
    }

    /// The question that shows a finding; derived findings have none.
    pub fn asked_by(&self, finding: FindingId) -> Option<QuestionId> {
        self.asked_by[finding.index()]
    }

    /// The finding that settles a "not sure" about another one.
    pub fn followed_up_by(&self, finding: FindingId) -> Option<FindingId> {
        self.followed_up_by[finding.index()]
    }

    /// Every finding, in reading order.
    pub fn findings(&self) -> impl Iterator<Item = FindingId> + use<> {
        (0..count(&self.book.findings)).map(FindingId)
    }

    /// Every question, in the order of asking.
    pub fn questions(&self) -> impl Iterator<Item = QuestionId> + use<> {
        (0..count(&self.book.questions)).map(QuestionId)
    }

    /// Every rule, in reading order.
    pub fn rules(&self) -> impl Iterator<Item = RuleId> + use<> {
        (0..count(&self.book.rules)).map(RuleId)
    }

    /// Every cause, in reading order.
    pub fn causes(&self) -> impl Iterator<Item = CauseId> + use<> {
        (0..count(&self.book.causes)).map(CauseId)
    }

    /// Every habit, in reading order.
    pub fn habits(&self) -> impl Iterator<Item = HabitId> + use<> {
        (0..count(&self.book.habits)).map(HabitId)
    }

    /// Everything a clinician may do, in reading order.
    pub fn referrals(&self) -> impl Iterator<Item = ReferralId> + use<> {
        (0..count(&self.book.referrals)).map(ReferralId)
    }

    /// Every remedy, in reading order.
    pub fn remedies(&self) -> impl Iterator<Item = RemedyId> + use<> {
        (0..count(&self.book.remedies)).map(RemedyId)
    }
}

fn position<T>(list: &[T], matches: impl Fn(&T) -> bool) -> Option<u16> {
    list.iter().position(matches).and_then(|index| u16::try_from(index).ok())
}

/// Lists are at most 65,535 long: `check_references` refuses longer ones.
fn count<T>(list: &[T]) -> u16 {
    u16::try_from(list.len()).unwrap_or(u16::MAX)
}

/// Everything that any part of the book refers to is there.
fn check_references(book: &Book) -> Result<(), BrokenBook> {
    for kind in BlockKind::ALL {
        if book.block(kind.nth(u16::MAX)).is_some() {
            return Err(BrokenBook::TooMany(kind.id()));
        }
    }
    if book.sources.len() > usize::from(u16::MAX) {
        return Err(BrokenBook::TooMany("source"));
    }
    let index = Index::of(book);
    for (id, block) in book.blocks() {
        let is_empty = match block {
            Block::Question(question) => question.shows.is_empty(),
            Block::ComeBack(line) => line.covers.is_empty(),
            _ => false,
        };
        if is_empty || !block.references(id).into_iter().all(|reference| index.has(reference)) {
            let (in_what, id) = (block.kind().id(), block.name().to_owned());
            return Err(BrokenBook::Dangling { in_what, id });
        }
    }
    // What is not read yet was checked before it was packed, and whoever reads it leaves out
    // what does not fit.
    for (part, reference) in book.words.known().map(references_of_words).unwrap_or_default() {
        if !index.has(reference) {
            return Err(BrokenBook::Dangling { in_what: "words", id: part.to_owned() });
        }
    }
    Ok(())
}

/// Rules and remedies have levels that they can have.
fn check_levels(book: &Book) -> Result<(), BrokenBook> {
    let wrong = |in_what, id: &str| Err(BrokenBook::Level { in_what, id: id.to_owned() });
    for rule in &book.rules {
        let told_at = rule.tells.and_then(|outcome| book.outcomes.get(outcome.index()));
        let is_told_elsewhere = told_at.is_some_and(|outcome| outcome.urgency != rule.urgency);
        if rule.if_not_sure > rule.urgency || rule.urgency == Urgency::SelfCare || is_told_elsewhere {
            return wrong("rule", &rule.id);
        }
    }
    for remedy in &book.remedies {
        if remedy.up_to == Urgency::Emergency {
            return wrong("remedy", &remedy.id);
        }
    }
    Ok(())
}

/// For each finding, the one that settles its "not sure": a yes/no finding on a
/// screen of its own, after the finding it follows, and in no condition.
fn follow_ups(book: &Book, asked_by: &[Option<QuestionId>]) -> Result<Vec<Option<FindingId>>, BrokenBook> {
    let is_yes_no = |finding: &Finding| finding.kind == FindingKind::YesNo && !finding.derived;
    let mut followed_up_by: Vec<Option<FindingId>> = vec![None; book.findings.len()];
    for (id, finding) in (0..).map(FindingId).zip(&book.findings) {
        let Some(follows) = finding.follows_up else { continue };
        let question = asked_by[id.index()];
        let is_alone = question.is_some_and(|id| {
            let question = &book.questions[id.index()];
            question.shows.len() == 1 && question.only_if.is_none()
        });
        let target = book.findings.get(follows.index());
        let fits = target.is_some_and(|target| is_yes_no(target) && target.follows_up.is_none())
            && is_yes_no(finding)
            && !finding.danger
            && is_alone
            && asked_by[follows.index()] < question
            && asked_by[follows.index()].is_some()
            && followed_up_by[follows.index()].replace(id).is_none();
        if !fits {
            return Err(BrokenBook::FollowUp(finding.id.clone()));
        }
    }
    for (_, condition) in book.conditions() {
        let mut used = None;
        condition.walk(&mut |part| {
            let follow_up = part.finding().filter(|id| book.findings[id.index()].follows_up.is_some());
            used = used.or(follow_up);
        });
        if let Some(finding) = used {
            return Err(BrokenBook::FollowUp(book.findings[finding.index()].id.clone()));
        }
    }
    Ok(followed_up_by)
}

/// A question may only depend on what was asked before it, and a rule not on itself.
fn check_order(book: &Book, asked_by: &[Option<QuestionId>]) -> Result<(), BrokenBook> {
    let mut known = vec![None; book.rules.len()];
    for rule in (0..count(&book.rules)).map(RuleId) {
        rules_behind(book, rule, &mut Vec::new(), &mut known)?;
    }
    for (question_index, question) in book.questions.iter().enumerate() {
        let Some(gate) = &question.only_if else { continue };
        let mut findings = Vec::new();
        findings_in(book, &gate.condition, &mut findings);
        let asked_before = |finding: &FindingId| {
            asked_by[finding.index()].is_none_or(|question| question.index() < question_index)
        };
        if !findings.iter().all(asked_before) {
            return Err(BrokenBook::AskedTooEarly(question.id.clone()));
        }
    }
    Ok(())
}

/// Whoever follows a rule into the rules behind it, and those into theirs, goes no farther.
const FARTHEST: usize = 16;

/// How many rules stand behind each other behind this one. `path` leads to it.
fn rules_behind(
    book: &Book,
    rule: RuleId,
    path: &mut Vec<RuleId>,
    known: &mut [Option<usize>],
) -> Result<usize, BrokenBook> {
    if let Some(behind) = known[rule.index()] {
        return Ok(behind);
    }
    let Rule { id, when, .. } = &book.rules[rule.index()];
    if path.contains(&rule) {
        return Err(BrokenBook::Circular(id.clone()));
    }
    let mut next = Vec::new();
    when.walk(&mut |part| {
        if let Condition::Rule(rule) = part {
            next.push(*rule);
        }
    });
    path.push(rule);
    let mut behind = 0;
    for rule in next {
        if path.len() > FARTHEST {
            return Err(BrokenBook::TooFar(id.clone()));
        }
        behind = behind.max(1 + rules_behind(book, rule, path, known)?);
    }
    path.pop();
    if behind > FARTHEST {
        return Err(BrokenBook::TooFar(id.clone()));
    }
    known[rule.index()] = Some(behind);
    Ok(behind)
}

/// Every finding a condition depends on, through the rules it refers to.
/// The rules must not refer to each other in a circle.
pub fn findings_in(book: &Book, condition: &Condition, findings: &mut Vec<FindingId>) {
    find_in(book, condition, findings, &mut vec![false; book.rules.len()]);
}

fn find_in(book: &Book, condition: &Condition, findings: &mut Vec<FindingId>, seen: &mut [bool]) {
    condition.walk(&mut |part| {
        if let Condition::Rule(rule) = part {
            if !std::mem::replace(&mut seen[rule.index()], true) {
                find_in(book, &book.rules[rule.index()].when, findings, seen);
            }
        } else if let Some(finding) = part.finding()
            && !findings.contains(&finding)
        {
            findings.push(finding);
        }
    });
}
