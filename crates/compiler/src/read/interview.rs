//! What can be known, how it is asked and when it matters.

use care::{
    Chapter, ChoiceOption, Derived, Finding, FindingId, FindingKind, Gate, Hears, HelpLine, LineCard,
    OptionIndex, OutcomeId, Question, Role, Rule, Urgency, classes_of,
};
use toml::Spanned;

use super::{Reader, URGENCIES, pictures};
use crate::block::{Block, Kind, check_id};
use crate::fields::Fields;
use crate::names::Names;
use crate::problem::Spot;
use crate::suggest::did_you_mean;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    YesNo,
    Number,
    Choice,
}

/// Reads a finding, and its kind again if that is certain.
pub(super) fn finding(
    reader: &mut Reader<'_, '_>,
    _: usize,
    block: &Block<'_>,
) -> (Finding, Option<FindingKind>) {
    let mut fields = Fields::of(block, reader.log);
    let types = [("yes_no", Type::YesNo), ("number", Type::Number), ("choice", Type::Choice)];
    let answer_type = fields.word("type", &types).map(Spanned::into_inner);
    let label = fields.text("label");
    let kind = kind_of_answer(&mut fields, answer_type);

    let danger = fields.flag("danger");
    let derived = derived(&mut fields, block);
    let lasting = fields.flag("lasting");
    let come_back = fields.optional_text("come_back").map(Spanned::into_inner);
    let hears = hears(&mut fields, kind.as_ref());
    if danger && answer_type.is_some_and(|answer_type| answer_type != Type::YesNo) {
        let help = "make it a yes_no finding, or state the danger in a rule";
        let message = format!("{} is a danger and no yes_no finding", fields.name);
        fields.problem_at_key("danger", message, help);
    }
    if lasting && fields.has("come_back") {
        let help =
            "keep `lasting = true` for what does not change from day to day, `come_back` for what does";
        let message = format!("{} is both lasting and a reason to come back", fields.name);
        fields.problem_at_key("come_back", message, help);
    } else if danger && !lasting && !fields.has("come_back") {
        let help = "add `come_back = \"...\"`, the words after \"Come back if\", or `lasting = true` for a lasting fact";
        let message = format!("{} is a danger with neither `come_back` nor `lasting`", fields.name);
        fields.problem_at_header(message, help);
    }
    let role = role(&mut fields, block, kind.as_ref());
    let follows = fields.optional_text("follows_up");
    let follows_up = follows.and_then(|id| fields.reference(&id, Kind::Finding, &reader.names));
    let heard_with: Vec<FindingId> = fields
        .optional_texts("heard_with")
        .iter()
        .filter_map(|id| fields.reference(id, Kind::Finding, &reader.names).map(FindingId))
        .collect();
    if danger && hears.is_empty() && heard_with.is_empty() {
        let help =
            "add `hears = [\"...\", \"...\"]`: patterns of how people say it, over the classes of words.toml";
        let message = format!("{} is a danger and has no `hears`", fields.name);
        fields.problem_at_key("hears", message, help);
    }
    let finding = Finding {
        id: block.id.clone(),
        place: block.place.clone(),
        kind: kind.clone().unwrap_or(FindingKind::YesNo),
        role,
        label,
        danger,
        derived,
        lasting,
        private: fields.flag("private"),
        medicine: fields.flag("medicine"),
        steady: fields.flag("steady"),
        child_up_to: child_up_to(&mut fields),
        come_back,
        follows_up: follows_up.map(FindingId),
        hears: hears.into(),
        heard_with,
        ever: fields.flag("ever"),
        only_one: only_one(&mut fields, kind.as_ref()),
        told: fields.optional_text("told").map(Spanned::into_inner),
        icd10cm: fields.optional_words("icd10cm"),
        loinc: fields.optional_words("loinc"),
        snomed: fields.optional_words("snomed"),
        sources: fields.optional_sources(&reader.names),
        claims: fields.claims(&reader.names),
    };
    fields.finish();
    (finding, kind)
}

/// Books of before December 2026 gave no roles: there these names had them.
const ROLES_BY_NAME: [(&str, Role); 5] = [
    ("age", Role::Age),
    ("pregnant_or_birth", Role::Pregnancy),
    ("pain_now", Role::Pain),
    ("days_since_onset", Role::Days),
    ("low_dose_aspirin", Role::DailyDose),
];

/// What the program itself knows a finding as. That no two have the same is seen once all are read.
fn role(fields: &mut Fields<'_, '_>, block: &Block<'_>, kind: Option<&FindingKind>) -> Option<Role> {
    let words = Role::ALL.map(|role| (role.id(), role));
    let by_name = || ROLES_BY_NAME.iter().find(|(name, _)| *name == block.id).map(|(_, role)| *role);
    let fits = |role: &Role| kind.is_some_and(|kind| role.fits(kind));
    if !fields.has("role") {
        return by_name().filter(fits);
    }
    let role = fields.optional_word("role", &words).map(Spanned::into_inner)?;
    if !fits(&role) && kind.is_some() {
        let message = format!("{} cannot be the {}", fields.name, role.id());
        fields.problem_at_key(
            "role",
            message,
            "`age`, `pain` and `days` are numbers, `course` is a choice, the others are yes_no findings",
        );
        return None;
    }
    Some(role)
}

/// Which value of the diary it is: that of its own name, or the one that is named.
fn derived(fields: &mut Fields<'_, '_>, block: &Block<'_>) -> Option<Derived> {
    let value = fields.value("derived")?;
    let (name, span) = match (value.get_ref().as_bool(), value.get_ref().as_str()) {
        (Some(false), _) => return None,
        (Some(true), _) => (block.id.as_str(), block.spot().span),
        (None, Some(name)) => (name, fields.span(value)),
        (None, None) => {
            let help = "write `true` where it has the name of a value of the diary, or that name";
            fields.problem(fields.span(value), "`derived` must be true or a text", help);
            return None;
        }
    };
    let known = Derived::ALL.into_iter().find(|known| known.id() == name);
    if known.is_none() {
        let ids = || Derived::ALL.into_iter().map(Derived::id);
        let all = format!("those that can be computed are {}", ids().collect::<Vec<_>>().join(", "));
        let help = did_you_mean(name, ids(), all);
        fields.problem(span, format!("`{name}` cannot be computed from a diary"), help);
    }
    // Any will do in place of one that was reported.
    Some(known.unwrap_or(Derived::Recovered))
}

/// How old a child of whom it is told is at most.
fn child_up_to(fields: &mut Fields<'_, '_>) -> Option<u32> {
    let age = fields.optional_number("child_up_to");
    age.map(|age| fields.counted("child_up_to", Some(age)))
}

/// Whether only one option of a choice can be so.
fn only_one(fields: &mut Fields<'_, '_>, kind: Option<&FindingKind>) -> bool {
    let only_one = fields.flag("only_one");
    if only_one && !matches!(kind, Some(FindingKind::Choice(_)) | None) {
        let message = format!("{} has no options and has `only_one`", fields.name);
        fields.problem_at_key("only_one", message, "it is for a choice that people tell in their own words");
    }
    only_one
}

fn kind_of_answer(fields: &mut Fields<'_, '_>, answer_type: Option<Type>) -> Option<FindingKind> {
    match answer_type {
        Some(Type::Number) => number(fields),
        Some(Type::Choice) => choice(fields),
        Some(Type::YesNo) => Some(FindingKind::YesNo),
        None => {
            for key in ["unit", "min", "max", "options", "only_one"] {
                fields.know(key);
            }
            None
        }
    }
}

/// How people say it: a list of patterns, or of a choice one list for each option. Ages,
/// days and scores are read by their figures.
fn hears(fields: &mut Fields<'_, '_>, kind: Option<&FindingKind>) -> Vec<Hears> {
    let mut hears: Vec<(Option<OptionIndex>, Spanned<String>)> = Vec::new();
    match kind {
        Some(FindingKind::Choice(options)) => {
            let Some((table, spot)) = fields.table("hears") else { return Vec::new() };
            for (key, value) in table {
                let Some(option) = options.iter().position(|option| option.id == *key.get_ref()) else {
                    let ids = options.iter().map(|option| option.id.as_str());
                    let help = did_you_mean(key.get_ref(), ids, "a list for each option by its id");
                    let span = fields.file_span(key.span());
                    fields.problem(span, format!("`{}` is no option", key.get_ref()), help);
                    continue;
                };
                // There are far fewer options than that.
                let option = OptionIndex::try_from(option).ok();
                let Some(list) = value.get_ref().as_array() else {
                    let help = "write `hears = { option = [\"...\"] }`";
                    fields.problem(spot.span.clone(), "expected a list of patterns".to_owned(), help);
                    continue;
                };
                let patterns = list.iter().filter_map(|item| fields.as_text("hears", item));
                let patterns: Vec<Spanned<String>> = patterns.collect();
                hears.extend(patterns.into_iter().map(|pattern| (option, pattern)));
            }
        }
        Some(FindingKind::YesNo) | None => {
            hears.extend(fields.optional_texts("hears").into_iter().map(|pattern| (None, pattern)));
        }
        Some(FindingKind::Number { .. }) => {}
    }
    let nots: Vec<String> =
        fields.optional_texts("hears_not").iter().map(|not| unless(not.get_ref())).collect();
    hears
        .into_iter()
        .map(|(option, pattern)| {
            if let Err(bad) = classes_of(pattern.get_ref()) {
                let help = "write `<class>`, words, `<a>+word`, `...` or `!<class>`, with spaces between";
                fields.problem(pattern.span(), bad.to_string(), help);
            }
            Hears { option, pattern: never_with(&pattern.into_inner(), &nots) }
        })
        .collect()
}

/// The part of a pattern that keeps it from matching where a class or words stand in the sentence.
fn unless(not: &str) -> String {
    format!(" !{}", not.split_whitespace().collect::<Vec<_>>().join("+"))
}

/// A pattern with these parts at each of its sides; a side that is a finding has been judged.
fn never_with(pattern: &str, nots: &[String]) -> String {
    let sides = pattern.split(" & ").map(|side| {
        let is_finding = side.trim_start().starts_with('[');
        if is_finding { side.to_owned() } else { format!("{side}{}", nots.concat()) }
    });
    sides.collect::<Vec<_>>().join(" & ")
}

fn number(fields: &mut Fields<'_, '_>) -> Option<FindingKind> {
    let unit = fields.text("unit");
    let (min, max) = (fields.number("min"), fields.number("max"));
    let (min, max) = (min?, max?);
    if min >= max {
        let message = format!("`min` is {min} and `max` is {max}: no range");
        fields.problem_at_key("min", message, "make `min` smaller than `max`");
        return None;
    }
    Some(FindingKind::Number { unit, min, max })
}

fn choice(fields: &mut Fields<'_, '_>) -> Option<FindingKind> {
    if !fields.has("options") {
        fields.missing("options", "add `options = { lifting = \"Lifting something\", ... }`");
    }
    let (table, spot) = fields.table("options")?;
    let mut options = Vec::new();
    let mut is_whole = true;
    for (key, value) in table {
        let id_span = fields.file_span(key.span());
        check_id(&Spot { file: spot.file, span: id_span }, key.get_ref(), fields.log);
        if let Some(label) = fields.as_text(key.get_ref(), value) {
            let label = label.into_inner();
            options.push(ChoiceOption { id: key.get_ref().to_string(), label });
        } else {
            is_whole = false;
        }
    }
    if table.len() < 2 {
        let message = format!("{} has fewer than two options", fields.name);
        fields.problem(spot.span, message, "add options, or make it a yes_no finding");
        return None;
    }
    is_whole.then_some(FindingKind::Choice(options))
}

pub(super) fn question(reader: &mut Reader<'_, '_>, index: usize, block: &Block<'_>) -> Question {
    let gate = reader.condition(block, index, "only_if");
    let mut fields = Fields::of(block, reader.log);
    fields.know("only_if");
    let chapters = Chapter::ALL.map(|chapter| (chapter.id(), chapter));
    fields.require_items("shows");
    let shows = fields.references("shows", Kind::Finding, &reader.names);
    let because = fields.optional_text("otherwise_no_because").map(Spanned::into_inner);
    if fields.has("only_if") && !fields.has("otherwise_no_because") {
        let message = format!("{} has `only_if` without `otherwise_no_because`", fields.name);
        let help = "say why \"no\" is sound for everyone who is not asked";
        fields.problem_at_key("only_if", message, help);
    }
    if !fields.has("only_if") && fields.has("otherwise_no_because") {
        let message = format!("{} has `otherwise_no_because` without `only_if`", fields.name);
        let help = "add the condition `only_if = \"...\"`, or remove the reason";
        fields.problem_at_key("otherwise_no_because", message, help);
    }
    let question = Question {
        id: block.id.clone(),
        place: block.place.clone(),
        ask: fields.text("ask"),
        title: fields.optional_text("title").map(Spanned::into_inner),
        why: fields.text("why"),
        help: fields.optional_text("help").map(Spanned::into_inner),
        changed: fields.optional_text("changed").map(Spanned::into_inner),
        body_map: fields.flag("body_map"),
        cards: cards(&mut fields, &shows, &reader.names),
        shows: shows.into_iter().map(FindingId).collect(),
        chapter: fields.word("chapter", &chapters).map_or(Chapter::Danger, Spanned::into_inner),
        none: fields.optional_text("none").map(Spanned::into_inner),
        only_if: gate
            .map(|(_, condition)| Gate { condition, otherwise_no_because: because.unwrap_or_default() }),
        sources: fields.optional_sources(&reader.names),
    };
    fields.finish();
    question
}

/// The lines of a checklist in cards, each from a line that comes after those of the card before.
fn cards(fields: &mut Fields<'_, '_>, shows: &[u16], names: &Names<'_>) -> Vec<LineCard> {
    if !fields.has("cards") {
        fields.know("cards");
        return Vec::new();
    }
    let mut begun = None;
    let mut card = |fields: &mut Fields<'_, '_>| {
        for (key, help) in [
            ("from", "add `from = \"...\"`, the first line of the card"),
            ("picture", "add `picture = { pose = \"...\", mark = \"...\", alt = \"...\" }`"),
        ] {
            if !fields.has(key) {
                fields.missing(key, help);
            }
        }
        let from = fields.optional_text("from");
        let picture = pictures::picture(fields, names);
        let from = fields.reference(&from?, Kind::Finding, names)?;
        let place = shows.iter().position(|shown| *shown == from);
        if place <= begun {
            let help = "begin each card with a line of `shows` that comes after those of the card before";
            fields.problem_at_key("from", "this line cannot begin a card here", help);
        }
        begun = begun.max(place);
        Some(LineCard { from: FindingId(from), picture: picture? })
    };
    let tables = fields.tables("cards").into_iter();
    tables.filter_map(|table| fields.nested("a card", table, &mut card)).collect()
}

pub(super) fn rule(reader: &mut Reader<'_, '_>, index: usize, block: &Block<'_>) -> Rule {
    let when = reader.condition(block, index, "when");
    let mut fields = Fields::of(block, reader.log);
    fields.know("when");
    if !fields.has("when") {
        fields.missing("when", "add the condition `when = \"...\"`");
    }
    let urgency = fields.word("urgency", &URGENCIES[1..]);
    let if_not_sure = fields.word("if_not_sure", &URGENCIES);
    if let (Some(urgency), Some(if_not_sure)) = (&urgency, &if_not_sure)
        && if_not_sure.get_ref() > urgency.get_ref()
    {
        let message = format!("`if_not_sure` is above `urgency` in {}", fields.name);
        let help = format!("being not sure is never worse than yes: at most \"{}\"", urgency.get_ref());
        fields.problem(if_not_sure.span(), message, help);
    }
    let suspect = fields.optional_text("suspect");
    let suspect = suspect.and_then(|id| fields.reference(&id, Kind::Cause, &reader.names));
    let (when_text, when) = when.unwrap_or((String::new(), care::Condition::Or(Vec::new())));
    let lines = HelpLine::ALL.map(|line| (line.id(), line));
    let tells = fields.optional_text("tells");
    let tells = tells.and_then(|id| fields.reference(&id, Kind::Outcome, &reader.names));
    let rule = Rule {
        id: block.id.clone(),
        place: block.place.clone(),
        when_text,
        when,
        urgency: urgency.map_or(Urgency::Emergency, Spanned::into_inner),
        if_not_sure: if_not_sure.map_or(Urgency::SelfCare, Spanned::into_inner),
        suspect: suspect.map(care::CauseId),
        because: fields.text("because"),
        calls: fields.optional_words_of("call", &lines),
        tells: tells.map(OutcomeId),
        evidence: fields.optional_words("evidence"),
        sources: fields.sources(&reader.names),
        claims: fields.claims(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    rule
}
