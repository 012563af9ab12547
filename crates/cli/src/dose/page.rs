//! What a person reads about a dose: the verdict first, then why.

use care::{Count, DoseLevel, DoseWarning, Guideline, Region, Standing, medicine_for};
use jiff::Zoned;
use store::{DoseTaken, Timed};
use tell::medicine::{self, Told, when_taken};
use tell::{Citations, Clock, Message};
use wire::Checked;

use crate::dose::told::Written;
use crate::page::{alarm, aside, heading, paragraph, point, question, quiet_point, show_sources};

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
        self.why();
        let is_judged = self.checked.verdict.level() != DoseLevel::NotJudged;
        if is_judged && !self.checked.verdict.is_emergency() {
            self.what_counts();
            self.keep_in_mind();
            self.questions();
        }
        sources(self.checked.guideline, &self.citations);
        footer(self.checked.guideline);
    }

    fn verdict(&self) {
        let Checked { found, dose, region, verdict, .. } = self.checked;
        let words = medicine::heading(verdict, &self.clock).to_string().to_uppercase();
        if verdict.level() <= DoseLevel::Allowed {
            heading(&words);
        } else {
            alarm(&words);
        }
        let why = medicine::why(self.checked.guideline, verdict, &self.clock);
        if why.is_overdose {
            help_lines(region);
        } else if verdict.is_emergency() {
            alarm(&format!("Call {}", region.emergency));
        }
        if let Some(then) = medicine::then(verdict, found, &self.clock) {
            paragraph(then);
        }
        if let Some(units) = self.checked.less_now {
            let amount = medicine::amount(found, Count::whole(units)).to_string().into();
            paragraph(Message::DoseLessNow { amount });
        }
        paragraph(Message::DoseAskedAbout {
            dose: medicine::described(self.checked.guideline, region, found, dose).to_string().into(),
        });
    }

    fn why(&self) {
        if self.checked.verdict.because().is_empty() {
            return;
        }
        heading("Why");
        let why = medicine::why(self.checked.guideline, &self.checked.verdict, &self.clock);
        for told in why.decisive.iter().chain(why.open.iter().take(LISTED)) {
            self.told("•", told);
        }
        if why.open.len() > LISTED {
            point("•", format!("{} more cautions are not settled yet.", why.open.len() - LISTED));
        }
        if !why.also.is_empty() {
            heading(Message::DoseAlso);
            for told in &why.also {
                self.told("•", told);
            }
        }
        if why.is_over && !why.is_overdose {
            call_lines(self.checked.region);
        }
        if let Some(ingredient) = self.checked.verdict.to_clear() {
            self.how_to_clear(ingredient);
        }
    }

    fn how_to_clear(&self, ingredient: &str) {
        point(" ", clear_words(self.checked.guideline, self.checked.region, ingredient));
    }

    fn told(&self, mark: &str, told: &Told<'_>) {
        let sources = if told.sources.is_empty() {
            String::new()
        } else {
            format!(" {}", self.citations.mark(&told.sources))
        };
        point(mark, format!("{}{sources}", told.text));
    }

    /// The limits of each ingredient, what was taken of it, and in which packs.
    fn what_counts(&self) {
        let Checked { guideline, region, dose, found, log, .. } = self.checked;
        let mut counts = medicine::counts_together(guideline, &region.id, log, dose, &self.clock);
        counts.retain(|counts| counts.belongs_to(&self.checked.verdict));
        if !counts.is_empty() {
            heading(Message::DoseCountsTogether);
        }
        for counted in counts {
            self.told("•", &counted.told);
            for dose in counted.doses {
                quiet_point(dose);
            }
        }
        if let Some(note) = medicine::note_on(found) {
            self.told("•", &note);
        }
        self.no_log();
    }

    fn no_log(&self) {
        if !self.checked.log_given {
            point(
                "!",
                format!(
                    "No record was looked at, so this assumes that you took no painkiller in the last 24 hours. {}",
                    Message::DoseOtherPacks
                ),
            );
        }
    }

    fn keep_in_mind(&self) {
        if self.checked.verdict.level() == DoseLevel::Never {
            return;
        }
        heading(Message::DoseKeepInMind);
        let Checked { guideline, region, dose, .. } = self.checked;
        for told in medicine::keep_in_mind(guideline, &region.id, dose) {
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
        heading("The next question");
        question(self.checked.guideline, ask);
        aside("The pages of `unclench` ask this and the rest; or give your answers with --answers FILE.");
    }
}

impl Written<'_, '_> {
    pub(crate) fn print(&self) {
        let clock = Clock::of(self.now);
        let citations = Citations::default();
        let is_overdose = self.warnings.iter().any(DoseWarning::is_overdose);
        let tell = |warning: &DoseWarning<'_>| {
            let sources = warning.sources();
            let mark =
                if sources.is_empty() { String::new() } else { format!(" {}", citations.mark(&sources)) };
            point("!", format!("{}{mark}", medicine::warning(self.guideline, warning, &clock)));
        };
        if is_overdose {
            alarm("GET HELP NOW");
            help_lines(self.region);
            self.warnings.iter().filter(|warning| warning.is_overdose()).for_each(tell);
        }
        heading(Message::DoseWrittenDown);
        paragraph(format!(
            "{}, {}.",
            medicine::described(self.guideline, self.region, &self.found, self.dose),
            when_taken(&clock, self.at.timestamp(), self.taken.is_time_known())
        ));
        let others: Vec<&DoseWarning<'_>> =
            self.warnings.iter().filter(|warning| !warning.is_overdose()).collect();
        if !others.is_empty() {
            alarm("Take note");
            others.into_iter().for_each(tell);
        }
        if !is_overdose && self.warnings.iter().any(DoseWarning::is_over) {
            call_lines(self.region);
        }
        let of_this = self.standings.iter().filter(|standing| {
            self.dose.per_unit().iter().any(|(ingredient, _)| *ingredient == standing.ingredient)
        });
        heading(Message::DoseNextOne);
        for standing in of_this {
            standing_lines(self.guideline, standing, &clock, &citations);
            if let Some(ingredient) = medicine::standing(self.guideline, standing, &clock).to_clear {
                point(" ", clear_words(self.guideline, self.region, &ingredient));
            }
        }
        sources(self.guideline, &citations);
    }
}

/// A clearance that was written down.
pub(crate) fn cleared(
    guideline: &Guideline,
    ingredients: &[&str],
    standings: &[Standing<'_>],
    at: &Zoned,
    now: &Zoned,
) {
    let clock = Clock::of(now);
    let citations = Citations::default();
    heading(Message::DoseWrittenDown);
    let names: Vec<String> = ingredients
        .iter()
        .filter_map(|name| standings.iter().find(|standing| standing.ingredient == *name))
        .map(|standing| standing.name.to_lowercase())
        .collect();
    paragraph(format!(
        "A clinician said that you may take {} again, {}.",
        names.join(" and "),
        clock.words(at.timestamp())
    ));
    heading(Message::DoseNextOne);
    for standing in standings.iter().filter(|standing| ingredients.contains(&standing.ingredient.as_str())) {
        standing_lines(guideline, standing, &clock, &citations);
    }
    aside("If they told you another dose or a longer pause, keep to what they said.");
    sources(guideline, &citations);
}

/// Where the log stands, by ingredient.
pub(crate) fn next(guideline: &Guideline, region: &Region, standings: &[Standing<'_>], now: &Zoned) {
    let clock = Clock::of(now);
    let citations = Citations::default();
    let told: Vec<medicine::StandingTold<'_>> =
        standings.iter().map(|standing| medicine::standing(guideline, standing, &clock)).collect();
    if told.iter().any(|told| told.is_overdose) {
        alarm("GET HELP NOW");
        help_lines(region);
    } else if told.iter().any(|told| told.is_over) {
        call_lines(region);
    }
    heading("Your next dose, by ingredient");
    paragraph(format!("Limits: {}. {}", region.name, Message::DoseAnyDay));
    if standings.is_empty() {
        paragraph("Your record has no doses yet.");
    }
    for standing in standings {
        standing_lines(guideline, standing, &clock, &citations);
        if let Some(ingredient) = medicine::standing(guideline, standing, &clock).to_clear {
            point(" ", clear_words(guideline, region, &ingredient));
        }
    }
    aside(&format!("{} `unclench dose check` also asks if it is safe for you.", Message::DoseTimeAndAmount));
    sources(guideline, &citations);
}

/// What was taken lately, each with its number.
pub(crate) fn list(doses: &[&Timed<DoseTaken>], now: &Zoned) {
    let clock = Clock::of(now);
    heading(Message::DoseTakenTitle);
    if doses.is_empty() {
        paragraph("Nothing is written down.");
        return;
    }
    for dose in doses {
        let when = when_taken(&clock, dose.what.at, !dose.what.time_unknown);
        point(&format!("{}.", dose.sequence), format!("{}, {when}", dose.what.name));
    }
    aside("Was one not so? Take it back: unclench dose withdraw NUMBER");
}

fn standing_lines(guideline: &Guideline, standing: &Standing<'_>, clock: &Clock, citations: &Citations) {
    let told = medicine::standing(guideline, standing, clock);
    let total = told.total.map(|total| format!(" {} {}.", total.text, citations.mark(&total.sources)));
    let mark = if told.is_wrong || told.is_over || told.to_clear.is_some() { "!" } else { "•" };
    point(mark, format!("{}: {}.{}", standing.name, told.next, total.unwrap_or_default()));
    for against in told.against {
        point(" ", format!("{} {}", against.text, citations.mark(&against.sources)));
    }
    for note in told.notes {
        point(" ", &note);
    }
}

/// Whom to call after far too much: the poison line first, and in case it was on purpose.
fn help_lines(region: &Region) {
    match &region.poison {
        Some(poison) => {
            alarm(&format!("{}: {poison}. {}", Message::DosePoisonLine, Message::DoseCallNow));
            point("!", format!("{} Call {}.", Message::DoseNobodyAnswers, region.emergency));
        }
        None => alarm(&format!("Call {}, or go to a hospital now.", region.emergency)),
    }
    let crisis = region.crisis.as_ref().map(|crisis| format!("{crisis}, or ")).unwrap_or_default();
    point(
        "!",
        format!("{} Call {crisis}{} if your life is at risk.", Message::DoseOnPurpose, region.emergency),
    );
}

/// Whom to call today after too much.
fn call_lines(region: &Region) {
    if let Some(number) = &region.poison {
        point("!", format!("{}: {number}", Message::DosePoisonLine));
    }
    if let Some(number) = region.advice.as_ref().filter(|advice| Some(*advice) != region.poison.as_ref()) {
        point("!", format!("{}: {number}", Message::DoseAdviceLine));
    }
    point("!", format!("You feel ill, sleepy or confused? Call {}.", region.emergency));
}

/// How to say that a clinician has cleared it.
fn clear_words(guideline: &Guideline, region: &Region, ingredient: &str) -> String {
    let name = medicine_for(guideline, &region.id, ingredient)
        .map_or_else(|| ingredient.replace('_', " "), |medicine| medicine.plain_name().to_lowercase());
    format!(
        "It stays shut here until a doctor, nurse or poison line says that you may take it again. Then write that \
         down: unclench dose cleared {}",
        if name.contains(' ') { format!("\"{name}\"") } else { name }
    )
}

fn sources(guideline: &Guideline, citations: &Citations) {
    if !citations.sources().is_empty() {
        show_sources(guideline, citations);
    }
}

fn footer(guideline: &Guideline) {
    crate::page::say!("");
    aside(&format!(
        "Unclench guideline {}. Information, not a medical device. Never stop a medicine from your doctor because of it.",
        guideline.book().version
    ));
}
