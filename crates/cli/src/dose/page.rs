//! What a person reads about a dose: the verdict first, then why.

use care::medicine::{Found, Told, counts_together, keep_in_mind, note_on};
use care::{Citations, Clock, Dose, DoseLevel, DoseWarning, Guideline, Region, Standing};
use jiff::Zoned;

use crate::dose::Checked;
use crate::page::{alarm, aside, heading, paragraph, point, quiet_point};

/// Above this, open questions are counted instead of listed.
const LISTED: usize = 3;

/// The page about one dose.
pub(crate) struct Page<'c, 'g> {
    checked: &'c Checked<'g>,
    clock: Clock,
    citations: Citations,
}

impl<'c, 'g> Page<'c, 'g> {
    pub(crate) fn of(checked: &'c Checked<'g>) -> Self {
        Self { checked, clock: Clock::of(&checked.now), citations: Citations::default() }
    }

    pub(crate) fn print(&self) {
        self.verdict();
        if self.checked.verdict.is_emergency() {
            self.why();
        } else {
            self.why();
            self.what_counts();
            self.keep_in_mind();
            self.questions();
        }
        sources(self.checked.guideline, &self.citations);
        footer(self.checked.guideline);
    }

    fn verdict(&self) {
        let Checked { found, dose, region, verdict, .. } = self.checked;
        let words = verdict.heading(&self.clock).to_uppercase();
        if verdict.level() == DoseLevel::Allowed {
            heading(&words);
        } else {
            alarm(&words);
        }
        if verdict.is_emergency() {
            alarm(&format!("Call {}", region.emergency));
        }
        if let Some(then) = verdict.then(found, &self.clock) {
            paragraph(&then);
        }
        if let Some(units) = self.checked.less_now {
            paragraph(&format!("{} may be taken now.", found.amount_words(units)));
        }
        paragraph(&format!("You asked about {}.", found.described(self.checked.guideline, region, dose)));
    }

    fn why(&self) {
        if self.checked.verdict.because().is_empty() {
            return;
        }
        heading("Why");
        let why = self.checked.verdict.why(self.checked.guideline, &self.clock);
        for told in why.decisive.iter().chain(why.open.iter().take(LISTED)) {
            self.told("•", told);
        }
        if why.open.len() > LISTED {
            point("•", &format!("{} more cautions are not settled yet.", why.open.len() - LISTED));
        }
        if !why.also.is_empty() {
            heading("Also");
            for told in &why.also {
                self.told("•", told);
            }
        }
        if why.is_over {
            poison_line(self.checked.region);
        }
    }

    fn told(&self, mark: &str, told: &Told) {
        let sources = if told.sources.is_empty() {
            String::new()
        } else {
            format!(" {}", self.citations.mark(&told.sources))
        };
        point(mark, &format!("{}{sources}", told.text));
    }

    /// The limits of each ingredient, what was taken of it, and in which packs.
    fn what_counts(&self) {
        let Checked { guideline, region, dose, found, log, .. } = self.checked;
        heading("What counts together");
        for counted in counts_together(guideline, &region.id, log, dose, &self.clock) {
            self.told("•", &counted.told);
            for dose in counted.doses {
                quiet_point(&dose);
            }
        }
        if let Some(note) = note_on(found) {
            self.told("•", &note);
        }
        if !self.checked.log_given {
            point(
                "!",
                "No log was given, so this assumes that you took no painkiller in the last 24 hours. \
                 Cold, flu and sleep packs count too.",
            );
        }
    }

    fn keep_in_mind(&self) {
        if self.checked.verdict.level() == DoseLevel::Never {
            return;
        }
        heading("Keep in mind");
        let Checked { guideline, region, dose, .. } = self.checked;
        for told in keep_in_mind(guideline, &region.id, dose) {
            self.told("!", &told);
        }
    }

    /// The next screen, where something is still unanswered.
    fn questions(&self) {
        let Some(ask) =
            self.checked.ask.as_ref().filter(|_| self.checked.verdict.level() == DoseLevel::AskFirst)
        else {
            return;
        };
        let guideline = self.checked.guideline;
        heading("The next question");
        paragraph(&guideline.question(ask.question).ask);
        for finding in &ask.findings {
            let finding = guideline.finding(*finding);
            point(
                "•",
                &format!("{} ({}; {})", finding.label, finding.id, care::allowed_answers(&finding.kind)),
            );
        }
    }
}

/// A dose that was written down, with what to say about it.
pub(crate) struct Written<'w, 'g> {
    pub(crate) guideline: &'g Guideline,
    pub(crate) region: &'g Region,
    pub(crate) found: Found<'g>,
    pub(crate) dose: &'w Dose,
    pub(crate) at: &'w Zoned,
    pub(crate) warnings: &'w [DoseWarning<'g>],
    pub(crate) standings: &'w [Standing<'g>],
    pub(crate) now: &'w Zoned,
}

impl Written<'_, '_> {
    pub(crate) fn print(&self) {
        let clock = Clock::of(self.now);
        let citations = Citations::default();
        heading("Written down");
        paragraph(&format!(
            "{}, {}.",
            self.found.described(self.guideline, self.region, self.dose),
            clock.words(self.at.timestamp())
        ));
        if !self.warnings.is_empty() {
            alarm("Take note");
            for warning in self.warnings {
                let sources = warning.sources();
                let mark =
                    if sources.is_empty() { String::new() } else { format!(" {}", citations.mark(&sources)) };
                point("!", &format!("{}{mark}", warning.sentence(&|at| clock.words(at))));
            }
        }
        if self.warnings.iter().any(|warning| matches!(warning, DoseWarning::OverDailyLimit { .. })) {
            poison_line(self.region);
        }
        let of_this = self.standings.iter().filter(|standing| {
            self.dose.per_unit().iter().any(|(ingredient, _)| *ingredient == standing.ingredient)
        });
        heading("The next one");
        for standing in of_this {
            standing_lines(standing, &clock, &citations);
        }
        sources(self.guideline, &citations);
    }
}

/// Where the log stands, by ingredient.
pub(crate) fn next(guideline: &Guideline, region: &Region, standings: &[Standing<'_>], now: &Zoned) {
    let clock = Clock::of(now);
    let citations = Citations::default();
    heading("Your next dose, by ingredient");
    paragraph(&format!("Limits: {}. Any 24 hours count, not the day on the calendar.", region.name));
    if standings.is_empty() {
        paragraph("The log has no doses yet.");
    }
    for standing in standings {
        standing_lines(standing, &clock, &citations);
    }
    if standings.iter().any(|standing| standing.told(&clock).is_over) {
        poison_line(region);
    }
    aside("This goes by time and amount only. `unclench dose check` also asks if it is safe for you.");
    sources(guideline, &citations);
}

fn standing_lines(standing: &Standing<'_>, clock: &Clock, citations: &Citations) {
    let told = standing.told(clock);
    let total = told.total.map(|total| format!(" {} {}.", total.text, citations.mark(&total.sources)));
    let mark = if told.is_wrong || told.is_over { "!" } else { "•" };
    point(mark, &format!("{}: {}.{}", standing.name, told.next, total.unwrap_or_default()));
    for note in told.notes {
        point(" ", &note);
    }
}

fn poison_line(region: &Region) {
    if let Some(number) = &region.poison {
        point("!", &format!("Poison line: {number}"));
    }
}

fn sources(guideline: &Guideline, citations: &Citations) {
    let list = citations.list(guideline);
    if list.is_empty() {
        return;
    }
    heading("Sources");
    for (number, source) in list {
        point(&format!("{number}."), &source);
    }
}

fn footer(guideline: &Guideline) {
    crate::page::say!("");
    aside(&format!(
        "Unclench guideline {}. Information, not a medical device. Never stop a medicine from your doctor because of it.",
        guideline.book().version
    ));
}
