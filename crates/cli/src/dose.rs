//! `unclench dose`: may I take one, I have taken one, when is the next?

use care::medicine::{less_now, next_question};
use care::{Answers, DoseLevel, Guideline, Region, may_take};
use jiff::Timestamp;
use store::Sequence;
use web::Situation;
use wire::{Checked, DoseCheck};

use crate::after_triage::read_answers;
use crate::exit::{BadInput, Exit};
use crate::own_record::{OwnRecord, Wants};

mod args;
mod limits;
mod old_log;
mod page;
mod time;
mod told;
mod view;
mod written;

pub(crate) use args::DoseArgs;

use args::DoseCommand;
use limits::{find_pack, limits_of};
use told::Asked;

/// Does what was asked for.
///
/// # Errors
///
/// If what was typed or the record cannot be used; nothing is written then.
pub(crate) fn run(guideline: &Guideline, region: &Region, arguments: &DoseArgs) -> anyhow::Result<Exit> {
    if let Some(log) = &arguments.log {
        let log = care::printable(&log.display().to_string()).into_owned();
        return Err(BadInput::because(format!(
            "doses are in your record now, and not in a file of their own; `unclench dose import {log}` brings \
             those of that file into it"
        )));
    }
    let wanted = |product, amount, at, json| Asked { product, amount, at, json };
    match &arguments.command {
        DoseCommand::Check { product, amount, answers, at, by } => {
            let asked = wanted(product, *amount, at.as_deref(), by.json);
            check(guideline, region, &asked, answers.as_deref(), &by.open_if_used(guideline)?)
        }
        DoseCommand::Log { product, amount, at, by } => {
            let asked = wanted(product, *amount, at.as_deref(), by.json);
            written::write_down(guideline, region, &asked, &mut by.open(guideline, Wants::Adding)?)
        }
        DoseCommand::List { by } => written::list(by.open(guideline, Wants::Reading)?.record(), by.json),
        DoseCommand::Withdraw { entry, which } => {
            written::withdraw(&mut OwnRecord::open(guideline, which, Wants::Reading)?, Sequence(*entry))
        }
        DoseCommand::Cleared { ingredient, at, by } => {
            let asked = wanted(ingredient, None, at.as_deref(), by.json);
            written::cleared(guideline, region, &asked, &mut by.open(guideline, Wants::Reading)?)
        }
        DoseCommand::Next { at, by } => {
            let own = by.open(guideline, Wants::Reading)?;
            let now = time::read_or_now(at.as_deref(), own.now())?;
            let region = limits_of(guideline, region, None, own.record())?;
            let standings = written::standings_of(guideline, region, own.record(), &now);
            if by.json {
                crate::page::json(&view::next(guideline, region, &standings, &now))?;
            } else {
                page::next(guideline, region, &standings, &now);
            }
            Ok(Exit::Ok)
        }
        DoseCommand::Import { file, which } => {
            written::import(guideline, region, file, &mut OwnRecord::open(guideline, which, Wants::Adding)?)
        }
    }
}

/// May this be taken?
fn check(
    guideline: &Guideline,
    region: &Region,
    asked: &Asked<'_>,
    answers: Option<&str>,
    own: &OwnRecord,
) -> anyhow::Result<Exit> {
    let record = own.record();
    let found = find_pack(guideline, region, asked.product, record)?;
    let region = limits_of(guideline, region, Some(&found), record)?;
    let found = found.in_region(guideline, &region.id);
    let dose = found
        .dose(asked.amount.unwrap_or_else(|| found.usual_amount()))
        .map_err(|error| BadInput::because(tell::unusable_amount(&error).to_string()))?;
    let answers: Answers = match answers {
        Some(source) => read_answers(guideline, source)?,
        None => Situation::of(guideline, record, Timestamp::now()).answers_for_a_dose(),
    };
    let now = time::read_or_now(asked.at, own.now())?;
    let log = record.dose_log();
    let verdict = may_take(guideline, &region.id, &log, &dose, &answers, now.timestamp());
    let ask = next_question(guideline, &region.id, &dose, &answers);
    let less_now = less_now(guideline, &region.id, &log, &dose, &answers, now.timestamp());
    let exit = if verdict.level() <= DoseLevel::Allowed { Exit::Ok } else { Exit::Failed };
    let log_given = own.is_there();
    let checked = Checked { guideline, region, found, dose, verdict, less_now, log, log_given, ask, now };
    if asked.json {
        crate::page::json(&DoseCheck::of(&checked))?;
    } else {
        page::Page::of(&checked).print();
    }
    Ok(exit)
}
