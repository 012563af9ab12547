//! What could go wrong.

/// One hazard, as a hazard log has it.
pub(super) struct Hazard {
    pub(super) name: &'static str,
    pub(super) effect: &'static str,
    pub(super) causes: &'static str,
    pub(super) prevented_by: &'static str,
    pub(super) shown_by: &'static [Evidence],
    pub(super) left: &'static str,
    pub(super) judge: &'static str,
}

/// What shows that a hazard is prevented.
pub(super) enum Evidence {
    /// A theorem, by its number.
    Theorem(u8),
    /// A test by its file, and what it shows.
    Test(&'static str, &'static str),
}

use Evidence::{Test, Theorem};

const OFFICER: &str = "A clinical safety officer, with a clinician who sees back pain in emergencies.";
const PHARMACIST: &str = "A clinical safety officer, with a pharmacist.";
const ENGINEER: &str = "A clinical safety officer, with an engineer who did not write it.";

pub(super) const HAZARDS: &[Hazard] = &[
    Hazard {
        name: "a danger sign is told, and nothing is made of it",
        effect: "Somebody with a squeezed nerve root, a bleed, an infection or a torn vessel stays at home, and is paralysed or dies.",
        causes: "A rule with a slip; a rule that is lost on the way into the program; a sign that lowers the level beside another one.",
        prevented_by: "Each sign has a rule with its level in the book; the outcome is the highest level of all rules, and no probability lowers it.",
        shown_by: &[
            Theorem(1),
            Theorem(2),
            Theorem(8),
            Test(
                "crates/cli/tests/coverage.rs",
                "every danger topic has a story that fires, one that nearly fires and one that is not sure",
            ),
            Test("crates/cli/tests/vignettes.rs", "every story ends where a reader of the book says"),
        ],
        left: "Signs that count only together with another one are listed under theorem 1; whether any of them should count alone is a clinical question.",
        judge: OFFICER,
    },
    Hazard {
        name: "the interview ends before a danger was asked about",
        effect: "As above.",
        causes: "A question that is never reached; a question behind a gate that should not be there; stopping too early.",
        prevented_by: "The next question is computed from what could still change the level; what may be an emergency in anyone is asked of everyone.",
        shown_by: &[
            Theorem(3),
            Theorem(4),
            Theorem(6),
            Test(
                "crates/care/tests/laws.rs",
                "the same on random books, and every certificate says why it could end",
            ),
        ],
        left: "What does not apply counts as no; each such reason is listed below as an assumption. A danger that the book does not name is not asked about.",
        judge: OFFICER,
    },
    Hazard {
        name: "\"not sure\" or no answer is read as no",
        effect: "A sign that somebody could not judge is treated as absent.",
        causes: "A program that knows only yes and no; a form that ticks what nobody ticked.",
        prevented_by: "Conditions have three values, and each rule says what \"not sure\" means for it; only the follow-up to a sign settles it.",
        shown_by: &[
            Theorem(2),
            Theorem(3),
            Test("crates/care/tests/laws.rs", "\"not sure\" never counts as no"),
            Test("crates/web/browser/tests/back.test.mjs", "an answer is only ever what the person gave"),
        ],
        left: "What each rule makes of \"not sure\" is a clinical choice, rule by rule.",
        judge: OFFICER,
    },
    Hazard {
        name: "the program does something else than the book says",
        effect: "What clinicians read and agree to is not what people are told.",
        causes: "A fault of the compiler, of the evaluator, or of the compiled file that browsers load.",
        prevented_by: "The questions, the triage and the printed book are derived from one text; a second, simple evaluator checks certificates.",
        shown_by: &[
            Theorem(8),
            Test("crates/care/tests/laws.rs", "the program and the naive evaluator agree, in every lane"),
            Test("crates/app/tests/same_pages.rs", "a browser and a server give the same pages"),
        ],
        left: "What a page makes of an outcome is tested with examples and not proved.",
        judge: ENGINEER,
    },
    Hazard {
        name: "something else than the answers moves the outcome",
        effect: "A relative who plays it down, a turn of phrase or an old answer changes the level.",
        causes: "Own words taken for answers; an answer of another spell or another person.",
        prevented_by: "What decides takes the book and the confirmed answers, and nothing else.",
        shown_by: &[
            Theorem(9),
            Test("crates/care/tests/free_text.rs", "own words only propose, and never a no"),
        ],
        left: "People may confirm what was proposed without reading it.",
        judge: OFFICER,
    },
    Hazard {
        name: "advice that harms this person",
        effect: "Heat on numb skin, an exercise on a broken bone, a painkiller on an ulcer.",
        causes: "A reason against it that was not asked, or was answered \"not sure\", or is lost in the program.",
        prevented_by: "Nothing is offered unless each reason against it is known to be false; in an emergency there is no plan.",
        shown_by: &[
            Theorem(5),
            Test(
                "crates/cli/tests/real_book.rs",
                "no plan of the real book holds what its cautions speak against",
            ),
        ],
        left: "What opens before any question is short and has its own box of who should not.",
        judge: OFFICER,
    },
    Hazard {
        name: "too much painkiller by doses that were allowed",
        effect: "Liver failure, bleeding, kidney failure.",
        causes: "The same ingredient in several packs; a clock that was set back; a dose that was forgotten.",
        prevented_by: "Limits hold for each ingredient over any 24 hours across packs; what is not known means that somebody is asked first.",
        shown_by: &[
            Theorem(7),
            Test(
                "crates/care/tests/medicine/laws.rs",
                "no random sequence of allowed doses breaks a limit in any window, over random limits, packs and clocks",
            ),
            Test("crates/cli/tests/dose/laws.rs", "the same with the real medicines"),
            Test("crates/cli/tests/dose/pharmacist.rs", "what a pharmacist would try"),
        ],
        left: "The log knows only what was written down in it.",
        judge: PHARMACIST,
    },
    Hazard {
        name: "it gets worse after the outcome, and nobody looks again",
        effect: "A danger that came later is missed.",
        causes: "The outcome is read once and kept.",
        prevented_by: "Every outcome says what to come back for, computed from the same rules; a diary runs the whole triage again at each entry.",
        shown_by: &[
            Theorem(10),
            Test("crates/cli/tests/real_book.rs", "every line of the come-back card would raise the outcome"),
        ],
        left: "Signs that are in the whole list, but under no line of the short card, are named under theorem 10.",
        judge: OFFICER,
    },
    Hazard {
        name: "too many people are sent to an emergency department",
        effect: "Fear, cost and waiting; and advice that cries wolf is no longer believed.",
        causes: "Cautious levels for \"not sure\"; common signs with a high level.",
        prevented_by: "Follow-ups settle most of \"not sure\"; a plain spasm of today ends in self-care after few screens.",
        shown_by: &[Test("crates/cli/tests/vignettes.rs", "the benign stories end in self-care")],
        left: "How often it sends people too high has not been measured in any person.",
        judge: OFFICER,
    },
    Hazard {
        name: "a statement of the book is wrong or out of date",
        effect: "Any of the above, with everything working as built.",
        causes: "An error in reading a source; a source that changed; our own judgement.",
        prevented_by: "Every rule names its source, and the book says where sources differ and what was chosen.",
        shown_by: &[Test(
            "crates/cli/tests/claims.rs",
            "every claim of the source articles is acted on, or it is said why not",
        )],
        left: "No clinician has signed off the book. What rests on our own judgement alone is listed below.",
        judge: "Clinicians of each field: emergency medicine, primary care, neurosurgery, obstetrics, pharmacy.",
    },
    Hazard {
        name: "a question is not understood",
        effect: "A sign is there and is answered with no.",
        causes: "Hard words; pain, fear, haste; another language.",
        prevented_by: "A limit on the reading grade of everything a person reads; help with each question; pictures of the body.",
        shown_by: &[Test("crates/compiler/tests/bad.rs", "a text that is too hard to read is refused")],
        left: "It has not been tried with people who have back pain.",
        judge: "A clinical safety officer, after a study with people who have back pain.",
    },
    Hazard {
        name: "somebody uses it for whom it was not made",
        effect: "Advice for adults reaches a child or somebody who is pregnant.",
        causes: "It can be opened by anybody.",
        prevented_by: "Age and pregnancy are asked, with rules of their own; no painkiller is allowed to children or in pregnancy without a clinician.",
        shown_by: &[
            Theorem(5),
            Test("crates/cli/tests/dose/pharmacist.rs", "children and pregnancy ask first"),
        ],
        left: "Somebody who cannot answer for themselves depends on who answers for them.",
        judge: OFFICER,
    },
    Hazard {
        name: "the record is lost, changed, or of somebody else",
        effect: "A dose or an outcome is missing where the next decision needs it.",
        causes: "A crash, a full disk, a second program, a shared computer.",
        prevented_by: "A write that was acknowledged is on the disk; a chain of hashes shows what is missing, and then no dose gets a yes.",
        shown_by: &[
            Test("crates/store/tests/kill.rs", "nothing acknowledged is lost when the program is killed"),
            Test("crates/store/tests/chain.rs", "what is missing, changed or moved is said"),
        ],
        left: "A browser may delete what it keeps; the pages say so and ask for copies.",
        judge: ENGINEER,
    },
];
