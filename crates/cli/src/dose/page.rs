//! What a person reads about a dose: the verdict first, then why.

use care::medicine::{Found, counted_doses};
use care::{
    Because, Citations, Clock, Dose, DoseLevel, DoseUnit, DoseVerdict, DoseWarning, Guideline, Region,
    Standing, medicine_for, standings,
};
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
        if self.is_emergency() {
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

    fn is_emergency(&self) -> bool {
        self.checked.verdict.because().iter().any(|because| matches!(because, Because::Emergency { .. }))
    }

    fn verdict(&self) {
        let Checked { found, dose, region, .. } = self.checked;
        match &self.checked.verdict {
            DoseVerdict::Allowed { up_to, next } => {
                heading("YES, YOU MAY TAKE IT NOW");
                paragraph(&format!(
                    "At most {} now. Then no more before {}.",
                    found.amount_words(*up_to),
                    self.clock.words(*next)
                ));
            }
            DoseVerdict::Wait { until, .. } => {
                alarm(&format!("NOT YET. WAIT UNTIL {}", self.clock.words(*until).to_uppercase()));
            }
            DoseVerdict::AskFirst { .. } => alarm("ASK A PHARMACIST OR DOCTOR FIRST"),
            DoseVerdict::Never { .. } if self.is_emergency() => {
                alarm("GET HELP NOW");
                alarm(&format!("Call {}", region.emergency));
            }
            DoseVerdict::Never { .. } => alarm("NO, DO NOT TAKE IT"),
        }
        if let Some(units) = self.checked.less_now {
            paragraph(&format!("{} may be taken now.", found.amount_words(units)));
        }
        paragraph(&format!("You asked about {}.", found.described(self.checked.guideline, region, dose)));
    }

    fn why(&self) {
        let because = self.checked.verdict.because();
        let Some(decisive) = because.first().map(Because::level) else { return };
        heading("Why");
        let (open, known): (Vec<&Because<'_>>, Vec<&Because<'_>>) =
            because.iter().partition(|because| matches!(because, Because::Open { .. }));
        let mut said = Vec::new();
        for because in known.iter().filter(|because| because.level() == decisive) {
            self.reason(because, &mut said);
        }
        if decisive == DoseLevel::AskFirst {
            for because in open.iter().take(LISTED) {
                self.reason(because, &mut said);
            }
            if open.len() > LISTED {
                point("•", &format!("{} more cautions are not settled yet.", open.len() - LISTED));
            }
        }
        let milder: Vec<&&Because<'_>> = known.iter().filter(|because| because.level() < decisive).collect();
        if !milder.is_empty() {
            heading("Also");
            for because in milder {
                self.reason(because, &mut said);
            }
        }
        if because.iter().any(|because| matches!(because, Because::AlreadyOver { .. })) {
            poison_line(self.checked.region);
        }
    }

    /// Once, also where two ingredients of a pack have the same caution.
    fn reason(&self, because: &Because<'_>, said: &mut Vec<String>) {
        let sentence = because.sentence(&|at| self.clock.words(at));
        if !said.contains(&sentence) {
            let sources = because.sources(self.checked.guideline);
            let mark = if sources.is_empty() {
                String::new()
            } else {
                format!(" {}", self.citations.mark(&sources))
            };
            point("•", &format!("{sentence}{mark}"));
            said.push(sentence);
        }
    }

    /// The limits of each ingredient, what was taken of it, and in which packs.
    fn what_counts(&self) {
        let Checked { guideline, region, dose, found, log, now, .. } = self.checked;
        heading("What counts together");
        let standings = standings(guideline, &region.id, log, now.timestamp());
        for (ingredient, _) in dose.per_unit() {
            let Some(medicine) = medicine_for(guideline, &region.id, ingredient) else { continue };
            let taken = standings.iter().find(|standing| standing.ingredient == *ingredient);
            point(
                "•",
                &format!(
                    "{}: you had {} in the last 24 hours. The most is {} in 24 hours, {} at one time, {} apart, \
                     for {} days {}.",
                    medicine.plain_name(),
                    medicine.unit.words(taken.map_or(0, |standing| standing.total_24h)),
                    medicine.unit.words(medicine.max_24h),
                    medicine.unit.words(medicine.single_most),
                    medicine.interval,
                    medicine.max_days,
                    self.citations.mark(&[medicine.label_source])
                ),
            );
            self.counted(ingredient, medicine.unit);
        }
        if let Found::Product(product) = found
            && let Some(note) = &product.note
        {
            point("•", &format!("{note} {}", self.citations.mark(&product.sources)));
        }
        if !self.checked.log_given {
            point(
                "!",
                "No log was given, so this assumes that you took no painkiller in the last 24 hours. \
                 Cold, flu and sleep packs count too.",
            );
        }
    }

    /// The doses behind a total, each with its pack.
    fn counted(&self, ingredient: &str, unit: DoseUnit) {
        let Checked { guideline, log, now, .. } = self.checked;
        for dose in counted_doses(guideline, log, ingredient, now.timestamp()) {
            let (at, amount) = (self.clock.words(dose.at), unit.words(dose.amount));
            quiet_point(&format!("{at}: {}, {amount}", dose.pack()));
        }
    }

    fn keep_in_mind(&self) {
        if self.checked.verdict.level() == DoseLevel::Never {
            return;
        }
        heading("Keep in mind");
        let Checked { guideline, region, dose, .. } = self.checked;
        let mut said: Vec<&String> = Vec::new();
        for (ingredient, _) in dose.per_unit() {
            let Some(medicine) = medicine_for(guideline, &region.id, ingredient) else { continue };
            for line in &medicine.warn {
                if !said.contains(&line) {
                    point("!", &format!("{line} {}", self.citations.mark(&[medicine.label_source])));
                    said.push(line);
                }
            }
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
    aside("This goes by time and amount only. `unclench dose check` also asks if it is safe for you.");
    sources(guideline, &citations);
}

fn standing_lines(standing: &Standing<'_>, clock: &Clock, citations: &Citations) {
    let Some(medicine) = standing.medicine else {
        point(
            "•",
            &format!("{}: the book has no dose of it for this country. Ask a pharmacist.", standing.name),
        );
        return;
    };
    let words = |amount| medicine.unit.words(amount);
    let left = medicine.max_24h.saturating_sub(standing.total_24h);
    let total = format!(
        "You had {} of {} in the last 24 hours, so {} is left {}",
        words(standing.total_24h),
        words(medicine.max_24h),
        words(left),
        citations.mark(&[medicine.label_source])
    );
    if let Some(at) = standing.in_future {
        let wrong = "Put your clock or that entry right first";
        point(
            "!",
            &format!(
                "{}: the log has a dose {}, which is still to come. {wrong}.",
                standing.name,
                clock.words(at)
            ),
        );
        return;
    }
    let next = match standing.next {
        None => "not for your back: ask a pharmacist".to_owned(),
        Some(at) if at <= clock.now() => {
            format!("the next {} may be taken now", words(medicine.single_usual))
        }
        Some(at) => format!("the next {} {}", words(medicine.single_usual), clock.words(at)),
    };
    point("•", &format!("{}: {next}. {total}.", standing.name));
    if let Some(at) = standing.no_other_nsaid_before {
        point(" ", &format!("No other painkiller of this kind before {}.", clock.words(at)));
    }
    if standing.too_long_since.is_some() {
        point(
            " ",
            &format!("{} days in a row are used up. Ask a pharmacist or doctor first.", medicine.max_days),
        );
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
