//! Which texts of a block the person reads.

use care::{Book, FindingKind, Place};

use crate::block::Kind;

/// The texts of each block of a kind that the person reads.
///
/// Left out: what clinicians read (`term`, `otherwise_no_because`, `says`,
/// `for_clinician`, evidence for and against), names
/// of places, products and ingredients, numbers to call, and the sides of a
/// disagreement, which quote their sources.
pub(crate) fn patient_texts(book: &Book, kind: Kind) -> Vec<(&str, &Place, Vec<&str>)> {
    fn texts<'b>(
        required: &[&'b str],
        optional: &[&'b Option<String>],
        lists: &[&'b [String]],
    ) -> Vec<&'b str> {
        let optional = optional.iter().filter_map(|text| text.as_deref());
        let lists = lists.iter().flat_map(|list| list.iter().map(String::as_str));
        required.iter().copied().chain(optional).chain(lists).collect()
    }
    match kind {
        Kind::Finding => book
            .findings
            .iter()
            .map(|finding| {
                let mut all = texts(&[&finding.label], &[&finding.come_back], &[]);
                if let FindingKind::Choice(options) = &finding.kind {
                    all.extend(options.iter().map(|option| option.label.as_str()));
                }
                (finding.id.as_str(), &finding.place, all)
            })
            .collect(),
        Kind::Question => book
            .questions
            .iter()
            .map(|q| (q.id.as_str(), &q.place, texts(&[&q.ask, &q.why], &[&q.title, &q.help, &q.none], &[])))
            .collect(),
        Kind::Rule => {
            book.rules.iter().map(|r| (r.id.as_str(), &r.place, texts(&[&r.because], &[], &[]))).collect()
        }
        Kind::Cause => book
            .causes
            .iter()
            .map(|c| (c.id.as_str(), &c.place, texts(&[&c.name, &c.explain], &[&c.confirm], &[])))
            .collect(),
        Kind::ComeBack => {
            book.come_back.iter().map(|l| (l.id.as_str(), &l.place, texts(&[&l.says], &[], &[]))).collect()
        }
        Kind::Remedy => book
            .remedies
            .iter()
            .map(|remedy| {
                let mut all =
                    texts(&[&remedy.name, &remedy.why], &[&remedy.avoid_because], &[&remedy.stop_if]);
                all.extend(remedy.steps.iter().map(|step| step.text.as_str()));
                (remedy.id.as_str(), &remedy.place, all)
            })
            .collect(),
        Kind::Disagreement => {
            let disagreements = book.disagreements.iter();
            disagreements.map(|d| (d.id.as_str(), &d.place, texts(&[&d.because], &[], &[]))).collect()
        }
        Kind::Outcome => book
            .outcomes
            .iter()
            .map(|o| (o.id.as_str(), &o.place, texts(&[&o.title], &[], &[&o.actions, &o.also, &o.say])))
            .collect(),
        Kind::Medicine => book
            .medicines
            .iter()
            .map(|medicine| {
                let mut all =
                    texts(&[], &[&medicine.not_for_because, &medicine.most_says], &[&medicine.warn]);
                all.extend(medicine.daily.iter().map(|daily| daily.says.as_str()));
                let cautions = medicine.block.iter().chain(&medicine.ask_first);
                all.extend(cautions.map(|caution| caution.because.as_str()));
                (medicine.id.as_str(), &medicine.place, all)
            })
            .collect(),
        Kind::Product => {
            book.products.iter().map(|p| (p.id.as_str(), &p.place, texts(&[], &[&p.note], &[]))).collect()
        }
        Kind::OtherMedicine => book
            .other_medicines
            .iter()
            .map(|o| (o.id.as_str(), &o.place, texts(&[], &[&o.note], &[])))
            .collect(),
        Kind::MedicineClass => {
            let classes = book.medicine_classes.iter();
            classes.map(|c| (c.class.id(), &c.place, texts(&[], &[&c.ask_first_because], &[]))).collect()
        }
        Kind::Habit => book
            .habits
            .iter()
            .map(|habit| {
                let mut all = texts(&[&habit.name, &habit.why], &[&habit.avoid_because], &[]);
                all.extend(habit.steps.iter().map(|step| step.text.as_str()));
                (habit.id.as_str(), &habit.place, all)
            })
            .collect(),
        Kind::Referral => book
            .referrals
            .iter()
            .map(|r| (r.id.as_str(), &r.place, texts(&[&r.name, &r.for_person], &[&r.avoid_because], &[])))
            .collect(),
        Kind::Answer => {
            book.answers.iter().map(|a| (a.id.as_str(), &a.place, texts(&[&a.says], &[], &[]))).collect()
        }
        Kind::Region | Kind::NotFollowed => Vec::new(),
    }
}
