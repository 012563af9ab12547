//! The worked examples of the evidence tables (5.1 limits, 5.2 people, 5.3 other
//! medicines, 5.4 packs), one a row.

/// One person, one log, one question, one verdict.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// Seed claims that this row tests.
    pub(crate) claims: &'static [&'static str],
    pub(crate) region: &'static str,
    /// A pack or an ingredient, and how much.
    pub(crate) asks: (&'static str, u32),
    /// What was taken so many minutes ago.
    pub(crate) before: &'static [(i64, &'static str, u32)],
    /// What is not as in the plain person.
    pub(crate) answers: &'static [(&'static str, &'static str)],
    pub(crate) verdict: &'static str,
    /// Kinds that must be among the deciding reasons.
    pub(crate) because: &'static [&'static str],
    /// Words that one of them must say.
    pub(crate) says: Option<&'static str>,
}

/// One dose that was taken, and what is said about it.
pub(crate) struct Warned {
    pub(crate) name: &'static str,
    pub(crate) claims: &'static [&'static str],
    pub(crate) region: &'static str,
    pub(crate) before: &'static [(i64, &'static str, u32)],
    pub(crate) takes: (&'static str, u32),
    pub(crate) warns: &'static [&'static str],
}

const fn row(
    name: &'static str,
    region: &'static str,
    asks: (&'static str, u32),
    verdict: &'static str,
    because: &'static [&'static str],
) -> Row {
    Row { name, claims: &[], region, asks, before: &[], answers: &[], verdict, because, says: None }
}

impl Row {
    const fn after(self, before: &'static [(i64, &'static str, u32)]) -> Self {
        Self { before, ..self }
    }

    const fn who(self, answers: &'static [(&'static str, &'static str)]) -> Self {
        Self { answers, ..self }
    }

    const fn says(self, words: &'static str) -> Self {
        Self { says: Some(words), ..self }
    }

    const fn claims(self, claims: &'static [&'static str]) -> Self {
        Self { claims, ..self }
    }
}

const HOUR: i64 = 60;
const US: &str = "us";
const UK: &str = "uk";

pub(crate) const ROWS: &[Row] = &[
    // 5.1 Limits.
    row("two Advil for a healthy adult", US, ("advil", 2), "allowed", &[]).claims(&["S1-018"]),
    row("three Advil at once", US, ("advil", 3), "never", &["too_much_at_once"]).says("400 mg"),
    row("ibuprofen after 3 h 59 min", US, ("advil", 1), "wait", &["too_soon"]).after(&[(239, "advil", 1)]),
    row("ibuprofen after 4 h in the US", US, ("advil", 1), "allowed", &[]).after(&[(240, "advil", 1)]),
    row("ibuprofen after 4 h in the UK", UK, ("nurofen_200", 1), "wait", &["too_soon"]).after(&[(
        240,
        "nurofen_200",
        1,
    )]),
    row("ibuprofen after 6 h in the UK", UK, ("nurofen_200", 1), "allowed", &[]).after(&[(
        360,
        "nurofen_200",
        1,
    )]),
    row("a seventh ibuprofen in a day", US, ("advil", 1), "wait", &["daily_limit"])
        .after(&[(20 * HOUR, "advil", 2), (14 * HOUR, "advil", 2), (5 * HOUR, "advil", 2)])
        .says("1,200 mg"),
    row("a sixth ibuprofen in a day", US, ("advil", 1), "allowed", &[]).after(&[
        (20 * HOUR, "advil", 2),
        (14 * HOUR, "advil", 2),
        (5 * HOUR, "advil", 1),
    ]),
    row("not from midnight, but from 24 hours ago", US, ("advil", 2), "allowed", &[]).after(&[
        (24 * HOUR, "advil", 2),
        (14 * HOUR, "advil", 2),
        (5 * HOUR, "advil", 2),
    ]),
    row("a fourth Aleve in a day", US, ("aleve", 1), "wait", &["daily_limit"]).after(&[
        (23 * HOUR, "aleve", 1),
        (16 * HOUR, "aleve", 1),
        (8 * HOUR, "aleve", 1),
    ]),
    row("two Tylenol six hours apart", US, ("tylenol_extra_strength", 2), "allowed", &[]).after(&[(
        6 * HOUR,
        "tylenol_extra_strength",
        2,
    )]),
    row(
        "acetaminophen stops at 3,000 mg in the US",
        US,
        ("tylenol_extra_strength", 1),
        "wait",
        &["daily_limit"],
    )
    .after(&[
        (18 * HOUR, "tylenol_extra_strength", 2),
        (12 * HOUR, "tylenol_extra_strength", 2),
        (6 * HOUR, "tylenol_extra_strength", 2),
    ])
    .says("3,000 mg"),
    row("paracetamol goes to 4,000 mg in the UK", UK, ("paracetamol_500", 2), "allowed", &[]).after(&[
        (18 * HOUR, "paracetamol_500", 2),
        (12 * HOUR, "paracetamol_500", 2),
        (6 * HOUR, "paracetamol_500", 2),
    ]),
    row("ten days of ibuprofen", US, ("advil", 1), "ask_first", &["too_many_days"]).after(&[
        (240 * HOUR, "advil", 1),
        (210 * HOUR, "advil", 1),
        (170 * HOUR, "advil", 1),
        (130 * HOUR, "advil", 1),
        (90 * HOUR, "advil", 1),
        (50 * HOUR, "advil", 1),
        (10 * HOUR, "advil", 1),
    ]),
    row("three days of paracetamol in the UK", UK, ("panadol", 1), "ask_first", &["too_many_days"]).after(&[
        (72 * HOUR, "panadol", 1),
        (40 * HOUR, "panadol", 1),
        (10 * HOUR, "panadol", 1),
    ]),
    row(
        "diclofenac gel in the US is not for the back",
        US,
        ("voltaren_gel_us", 1),
        "never",
        &["not_for_back"],
    ),
    row("diclofenac gel in the UK", UK, ("voltarol_gel", 1), "allowed", &[]),
    row("naproxen from a UK shop is for period pain", UK, ("naproxen_250", 1), "never", &["not_for_back"])
        .says("period pain"),
    row("naproxen in the US", US, ("aleve", 1), "allowed", &[]).claims(&["S4-019"]),
    row("a patch is one at a time", US, ("lidocaine_patch", 2), "never", &["too_much_at_once"]),
    row(
        "a salicylate patch has no numbers in the UK",
        UK,
        ("deep_heat", 1),
        "ask_first",
        &["no_limits_here"],
    ),
    // 5.2 People.
    row("ibuprofen before the first screen is answered", US, ("advil", 1), "ask_first", &["open"])
        .who(&[("dehydrated", "-")])
        .claims(&["S4-017"]),
    row("stomach trouble, and nothing more said", US, ("advil", 1), "ask_first", &["open"])
        .who(&[
            ("stomach_trouble", "yes"),
            ("ulcer_or_bleed", "-"),
            ("inflamed_bowel", "-"),
            ("heartburn", "-"),
        ])
        .claims(&["S4-017"]),
    row("an ulcer", US, ("advil", 1), "never", &["blocked"])
        .who(&[("stomach_trouble", "yes"), ("ulcer_or_bleed", "yes")])
        .says("ulcer")
        .claims(&["S1-018"]),
    row("not sure about an ulcer", US, ("advil", 1), "ask_first", &["open"])
        .who(&[("stomach_trouble", "yes"), ("ulcer_or_bleed", "not sure")]),
    row("not sure about any stomach trouble", US, ("advil", 1), "ask_first", &["open"])
        .who(&[("stomach_trouble", "not sure"), ("ulcer_or_bleed", "-")]),
    row("acetaminophen with an ulcer", US, ("tylenol_extra_strength", 1), "allowed", &[])
        .who(&[("stomach_trouble", "yes"), ("ulcer_or_bleed", "yes")])
        .claims(&["S4-021"]),
    row("heartburn", US, ("advil", 1), "ask_first", &["cautioned"])
        .who(&[("stomach_trouble", "yes"), ("heartburn", "yes")]),
    row("Crohn's disease", US, ("advil", 1), "never", &["blocked"])
        .who(&[("stomach_trouble", "yes"), ("inflamed_bowel", "yes")]),
    row("hives after aspirin", US, ("aleve", 1), "never", &["blocked"])
        .who(&[("asthma_or_reaction", "yes"), ("nsaid_allergy", "yes")]),
    row("hives after aspirin, and a gel", UK, ("ibuprofen_gel", 1), "never", &["blocked"])
        .who(&[("asthma_or_reaction", "yes"), ("nsaid_allergy", "yes")]),
    row("asthma that never reacted", US, ("advil", 1), "ask_first", &["cautioned"])
        .who(&[("asthma_or_reaction", "yes"), ("asthma", "yes")]),
    row("a heart attack in the past", US, ("advil", 1), "never", &["blocked"])
        .who(&[("heart_or_pressure", "yes"), ("heart_or_stroke", "yes")]),
    row("high blood pressure that is treated", US, ("advil", 1), "ask_first", &["cautioned"])
        .who(&[("heart_or_pressure", "yes"), ("pressure_treated", "yes")]),
    row("weak kidneys", US, ("advil", 1), "never", &["blocked"])
        .who(&[("kidney_or_liver", "yes"), ("kidney_disease", "yes")]),
    row("acetaminophen with weak kidneys", US, ("tylenol_extra_strength", 1), "ask_first", &["cautioned"])
        .who(&[("kidney_or_liver", "yes"), ("kidney_disease", "yes")]),
    row("liver disease", US, ("tylenol_extra_strength", 1), "ask_first", &["cautioned"])
        .who(&[("kidney_or_liver", "yes"), ("liver_disease", "yes")])
        .claims(&["S4-021"]),
    row("a badly ill liver", US, ("tylenol_extra_strength", 1), "never", &["blocked"])
        .who(&[("kidney_or_liver", "yes"), ("liver_severe", "yes")]),
    row("three drinks a day and ibuprofen", US, ("advil", 1), "never", &["blocked"])
        .who(&[("alcohol", "three_a_day")]),
    row(
        "three drinks a day and acetaminophen",
        US,
        ("tylenol_extra_strength", 1),
        "ask_first",
        &["cautioned"],
    )
    .who(&[("alcohol", "three_a_day")])
    .claims(&["S4-021"]),
    row("not sure how much alcohol", US, ("tylenol_extra_strength", 1), "ask_first", &["open"])
        .who(&[("alcohol", "not sure")]),
    row("too little to drink today", US, ("advil", 1), "never", &["blocked"]).who(&[("dehydrated", "yes")]),
    row("under 50 kg", UK, ("paracetamol_500", 2), "ask_first", &["cautioned"])
        .who(&[("small_or_underfed", "yes")]),
    row("shingles", US, ("advil", 1), "never", &["blocked"]).who(&[("chickenpox_or_shingles", "yes")]),
    row("age 76 and ibuprofen", US, ("advil", 1), "never", &["blocked"]).who(&[("age", "76")]).says("75"),
    row("age 76 and naproxen", US, ("aleve", 1), "never", &["blocked"]).who(&[("age", "76")]),
    row("age 66", US, ("advil", 1), "ask_first", &["cautioned"]).who(&[("age", "66")]),
    row("age 61", US, ("advil", 1), "ask_first", &["cautioned"]).who(&[("age", "61")]),
    row("age 59", US, ("advil", 1), "allowed", &[]).who(&[("age", "59")]),
    row("age 14", US, ("tylenol_extra_strength", 1), "ask_first", &["child"]).who(&[("age", "14")]),
    row("age 11", US, ("tylenol_extra_strength", 1), "never", &["too_young"]).who(&[("age", "11")]),
    row("aspirin at 15 in the UK", UK, ("aspirin_300", 1), "never", &["too_young"]).who(&[("age", "15")]),
    row("age not known", US, ("advil", 1), "ask_first", &["child"]).who(&[("age", "-")]),
    row("aspirin at 18 after the flu", US, ("aspirin_325", 1), "never", &["blocked"])
        .who(&[("age", "18"), ("recent_virus", "yes")]),
    row("pregnant, 32 weeks, ibuprofen", US, ("advil", 1), "never", &["blocked"])
        .who(&[("pregnant_or_birth", "yes"), ("pregnancy_stage", "weeks_30_or_more")]),
    row("pregnant, 10 weeks, ibuprofen", US, ("advil", 1), "never", &["blocked"])
        .who(&[("pregnant_or_birth", "yes"), ("pregnancy_stage", "under_20_weeks")]),
    row(
        "pregnant, acetaminophen",
        US,
        ("tylenol_extra_strength", 1),
        "ask_first",
        &["pregnancy", "cautioned"],
    )
    .who(&[("pregnant_or_birth", "yes"), ("pregnancy_stage", "under_20_weeks")]),
    row("pregnant, a numbing patch", US, ("lidocaine_patch", 1), "ask_first", &["pregnancy"])
        .who(&[("pregnant_or_birth", "yes"), ("pregnancy_stage", "under_20_weeks")]),
    row("not sure about pregnancy", US, ("advil", 1), "ask_first", &["pregnancy"])
        .who(&[("pregnant_or_birth", "not sure")]),
    row("breastfeeding and aspirin", US, ("aspirin_325", 1), "never", &["blocked"])
        .who(&[("breastfeeding", "yes")]),
    row("breastfeeding and ibuprofen", US, ("advil", 1), "ask_first", &["cautioned"])
        .who(&[("breastfeeding", "yes")]),
    row("an emergency", US, ("tylenol_extra_strength", 1), "never", &["emergency"])
        .who(&[("saddle_numbness", "yes")]),
    row("danger questions still open", US, ("tylenol_extra_strength", 1), "ask_first", &["danger_open"])
        .who(&[("saddle_numbness", "-")]),
    // 5.3 Other medicines.
    row("a blood thinner", US, ("advil", 1), "never", &["blocked"])
        .who(&[("other_medicines", "yes"), ("bleeds_easily", "yes")])
        .says("Keep taking")
        .claims(&["S1-018"]),
    row("clopidogrel", US, ("advil", 1), "never", &["blocked"])
        .who(&[("other_medicines", "yes"), ("anti_clot_pill", "yes")]),
    row("low-dose aspirin", US, ("advil", 1), "ask_first", &["cautioned"])
        .who(&[("other_medicines", "yes"), ("low_dose_aspirin", "yes")])
        .says("Keep taking the aspirin"),
    row("a prescribed anti-inflammatory", US, ("advil", 1), "never", &["blocked"])
        .who(&[("other_medicines", "yes"), ("prescribed_nsaid", "yes")])
        .says("as the doctor said")
        .claims(&["S0-065", "S4-031"]),
    row("a mood pill", US, ("advil", 1), "ask_first", &["cautioned"])
        .who(&[("other_medicines", "yes"), ("antidepressant", "yes")]),
    row("a mood pill at 66", US, ("advil", 1), "never", &["blocked"]).who(&[
        ("age", "66"),
        ("other_medicines", "yes"),
        ("antidepressant", "yes"),
    ]),
    row("steroid tablets", US, ("advil", 1), "never", &["blocked"])
        .who(&[("other_medicines", "yes"), ("steroid_tablets", "yes")]),
    row("a pressure pill", US, ("advil", 1), "ask_first", &["cautioned"])
        .who(&[("other_medicines", "yes"), ("pressure_pill", "yes")]),
    row("a pressure pill and a water pill", US, ("advil", 1), "never", &["blocked"]).who(&[
        ("other_medicines", "yes"),
        ("pressure_pill", "yes"),
        ("water_pill", "yes"),
    ]),
    row("lithium", US, ("advil", 1), "never", &["blocked"])
        .who(&[("other_medicines", "yes"), ("kidney_risk_medicine", "yes")]),
    row("acetaminophen with warfarin", US, ("tylenol_extra_strength", 1), "ask_first", &["cautioned"])
        .who(&[("other_medicines", "yes"), ("bleeds_easily", "yes"), ("warfarin", "yes")])
        .says("warfarin"),
    row("a salicylate rub with warfarin", US, ("bengay", 1), "never", &["blocked"]).who(&[
        ("other_medicines", "yes"),
        ("bleeds_easily", "yes"),
        ("warfarin", "yes"),
    ]),
    row("acetaminophen with a drug for fits", US, ("tylenol_extra_strength", 1), "ask_first", &["cautioned"])
        .who(&[("other_medicines", "yes"), ("liver_risk_medicine", "yes")]),
    row(
        "a prescribed painkiller with acetaminophen in it",
        US,
        ("tylenol_extra_strength", 1),
        "ask_first",
        &["cautioned"],
    )
    .who(&[("other_medicines", "yes"), ("prescribed_acetaminophen", "yes")])
    .claims(&["S4-031"]),
    row("aspirin with a diabetes pill", US, ("aspirin_325", 1), "ask_first", &["cautioned"])
        .who(&[("other_medicines", "yes"), ("diabetes_medicine", "yes")]),
    // 5.4 Packs.
    row("Motrin, then Advil: one ingredient", US, ("advil", 1), "wait", &["too_soon"])
        .after(&[(2 * HOUR, "motrin", 1)])
        .says("ibuprofen")
        .claims(&["S3-024", "S3-026", "S4-018"]),
    row("Motrin and ibuprofen are counted together", US, ("ibuprofen_200", 2), "wait", &["daily_limit"])
        .after(&[(20 * HOUR, "motrin", 2), (14 * HOUR, "advil", 2), (5 * HOUR, "motrin", 1)])
        .claims(&["S3-024", "S3-026", "S4-018"]),
    row("ibuprofen by its own name, after Motrin", US, ("ibuprofen", 200), "wait", &["too_soon"])
        .after(&[(2 * HOUR, "motrin", 1)])
        .claims(&["S3-026"]),
    row("Aleve after Motrin: two of a kind", US, ("aleve", 1), "never", &["other_nsaid"])
        .after(&[(12 * HOUR, "motrin", 1)])
        .claims(&["S3-025", "S4-019"]),
    row("ibuprofen after Aleve: two of a kind", US, ("advil", 1), "never", &["other_nsaid"])
        .after(&[(23 * HOUR, "aleve", 1)])
        .says("naproxen")
        .claims(&["S3-025", "S3-026", "S4-019"]),
    row("Tylenol after Advil: not of a kind", US, ("tylenol_extra_strength", 2), "allowed", &[])
        .after(&[(HOUR, "advil", 2)])
        .claims(&["S4-021"]),
    row("Tylenol and NyQuil over 3,000 mg", US, ("tylenol_extra_strength", 2), "wait", &["daily_limit"])
        .after(&[
            (19 * HOUR, "tylenol_extra_strength", 2),
            (13 * HOUR, "nyquil_liquid", 1),
            (7 * HOUR, "nyquil_liquid", 1),
        ])
        .says("2,300 mg")
        .claims(&["S4-021"]),
    row(
        "NyQuil also holds what is not checked",
        US,
        ("nyquil_liquid", 1),
        "ask_first",
        &["other_ingredients"],
    ),
    row("Excedrin holds aspirin", US, ("excedrin_extra_strength", 2), "never", &["other_nsaid"]).after(&[(
        6 * HOUR,
        "advil",
        1,
    )]),
    row("Excedrin holds acetaminophen", US, ("tylenol_extra_strength", 1), "wait", &["too_soon"]).after(&[(
        2 * HOUR,
        "excedrin_extra_strength",
        2,
    )]),
    row(
        "Excedrin Back & Body holds both and nothing else",
        US,
        ("excedrin_back_and_body", 2),
        "allowed",
        &[],
    ),
    row("Nuromol holds ibuprofen and paracetamol", UK, ("paracetamol_500", 1), "wait", &["too_soon"])
        .after(&[(2 * HOUR, "nuromol", 1)]),
    row("one BC Powder is more aspirin than a dose", US, ("bc_powder", 1), "never", &["too_much_at_once"]),
    row("Pepto-Bismol counts as aspirin", US, ("advil", 1), "never", &["other_nsaid"]).after(&[(
        3 * HOUR,
        "pepto_bismol_tablet",
        2,
    )]),
    row("ibuprofen gel and ibuprofen tablets", UK, ("nurofen_200", 1), "never", &["other_nsaid"]).after(&[(
        5 * HOUR,
        "ibuprofen_gel",
        1,
    )]),
    row("tablets, then a gel", UK, ("voltarol_gel", 1), "never", &["other_nsaid"]).after(&[(
        5 * HOUR,
        "nurofen_200",
        1,
    )]),
    row("an opioid is no shop painkiller", US, ("percocet", 1), "ask_first", &["other_ingredients"])
        .says("as the doctor said"),
    row("more than the limit already", US, ("tylenol_extra_strength", 1), "never", &["already_over"])
        .after(&[(10 * HOUR, "tylenol_extra_strength", 4), (7 * HOUR, "theraflu_multi_symptom", 3)]),
];

pub(crate) const WARNINGS: &[Warned] = &[
    Warned {
        name: "Motrin and Advil",
        claims: &["S3-024", "S4-018"],
        region: US,
        before: &[(2 * HOUR, "motrin", 1)],
        takes: ("advil", 1),
        warns: &["too_soon", "same_ingredient"],
    },
    Warned {
        name: "Aleve and Advil",
        claims: &["S3-025", "S4-019"],
        region: US,
        before: &[(12 * HOUR, "aleve", 1)],
        takes: ("advil", 1),
        warns: &["other_nsaid"],
    },
    Warned {
        name: "a cold drink on top of paracetamol",
        claims: &["S4-021"],
        region: UK,
        before: &[
            (14 * HOUR, "paracetamol_500", 2),
            (9 * HOUR, "paracetamol_500", 2),
            (5 * HOUR, "lemsip_max_sachet", 2),
        ],
        takes: ("lemsip_max_sachet", 1),
        warns: &["overdose", "same_ingredient"],
    },
    Warned {
        name: "one tablet, and nothing before",
        claims: &[],
        region: US,
        before: &[],
        takes: ("tylenol_extra_strength", 1),
        warns: &[],
    },
];
