//! What a text proposes, over a small book.

mod support;

use care::{
    Answer, AnswerSearch, AskedBefore, Finding, FreeText, Guideline, Hears, OwnWords, Passage, Patient,
    Sense, SetAside, Topic, WordClass, Words, told,
};
use support::books::{book, choice, guideline, number, question, rule, yes, yes_no};

fn heard(id: &str, patterns: &[&str]) -> Finding {
    let hears = patterns.iter().map(|pattern| Hears { option: None, pattern: (*pattern).to_owned() });
    Finding { hears: hears.collect::<Vec<_>>().into(), danger: true, ..yes_no(id) }
}

fn small() -> Guideline {
    use care::Urgency::{Emergency, SameDay};
    let findings = vec![
        heard("fever", &["<fever>"]),
        heard("numb_leg", &["<numb> <leg>"]),
        heard("paralysis", &["<cannot> move <leg>"]),
        Finding { lasting: true, ever: true, ..heard("cancer", &["<cancer>"]) },
        heard("pregnancy", &["pregnant"]),
        number("age", 1, 120),
        number("days_since_onset", 0, 36_500),
        number("pain_now", 0, 10),
        heard("both_legs", &["<numb> <legs>"]),
    ];
    let rules =
        vec![rule("fever", yes(0), SameDay, SameDay), rule("paralysis", yes(2), Emergency, Emergency)];
    let class = |name: &str, words: &[&str]| WordClass {
        name: name.to_owned(),
        words: words.iter().map(ToString::to_string).collect(),
    };
    let mut book = book(findings, vec![question("all", &[0, 1, 2, 3, 4, 5, 6, 7, 8])], rules, Vec::new());
    book.words = Words {
        classes: vec![
            class("fever", &["fever", "temperature", "chills"]),
            class("numb", &["numb", "no feeling"]),
            class("leg", &["=leg", "<legs>"]),
            class("legs", &["=legs"]),
            class("cannot", &["can not", "unable"]),
            class("cancer", &["cancer"]),
            class("back", &["back", "<fever>"]),
        ],
        topics: vec![
            Topic {
                id: "warm".to_owned(),
                asks: vec!["<fever> what".to_owned()],
                shows: vec!["rule.fever".to_owned()],
                ..Topic::default()
            },
            Topic { id: "moon".to_owned(), asks: vec!["moon".to_owned()], ..Topic::default() },
        ],
        ..Words::default()
    }
    .into();
    guideline(book)
}

/// The same book, in which no finding is a danger sign.
fn of_no_danger() -> Guideline {
    let mut book = small().book().clone();
    for finding in &mut book.findings {
        finding.danger = false;
    }
    guideline(book)
}

/// What is proposed where nothing is a danger sign, as `fever` or `not fever`.
fn check(text: &str, expected: &[&str]) {
    let guideline = of_no_danger();
    let proposed: Vec<String> = FreeText::new(&guideline)
        .proposals(text)
        .into_iter()
        .map(|proposal| {
            let id = &guideline.finding(proposal.finding).id;
            match proposal.answer {
                Answer::Yes => id.clone(),
                Answer::Number(value) => format!("{id} = {value}"),
                other => format!("{id}: {other:?}"),
            }
        })
        .collect();
    assert_eq!(proposed, expected, "{text}");
}

#[test]
fn a_danger_sign_is_proposed_and_never_denied() {
    let guideline = small();
    let free_text = FreeText::new(&guideline);
    let read =
        |text| free_text.proposals(text).into_iter().map(|proposal| proposal.answer).collect::<Vec<_>>();
    assert_eq!(read("I have a fever"), [Answer::Yes]);
    // A word that was read as another than the one written makes no danger.
    assert_eq!(read("I have a fevver"), []);
    assert_eq!(read("no fever and my leg is not numb"), []);
    // That it was spoken of is not lost.
    let aside = OwnWords::read(&free_text, "no fever").set_aside();
    assert!(matches!(aside[..], [SetAside { sense: Sense::Absent, .. }]), "{aside:?}");
}

#[test]
fn what_is_said_is_proposed_in_any_form_and_with_slips() {
    check("I have a fever", &["fever"]);
    check("a temperature, and numbness in my left leg", &["fever", "numb_leg"]);
    check("i have a fevver", &["fever"]);
    check("numb legs", &["numb_leg", "both_legs"]);
    check("my back hurts", &[]);
}

#[test]
fn a_no_reaches_over_a_list_and_ends_at_but() {
    check("no fever", &[]);
    check("I don't have a fever or a numb leg", &[]);
    check("no fever but my leg is numb", &["numb_leg"]);
    check("Fever? No.", &[]);
}

#[test]
fn where_it_is_open_whether_a_no_still_reaches_nothing_is_proposed() {
    check("no chills, numb leg", &[]);
}

#[test]
fn a_cannot_that_is_the_sign_itself_denies_nothing() {
    check("I can't move my leg", &["paralysis"]);
    check("there is no feeling in my leg", &["numb_leg"]);
    check("I can move my leg", &[]);
}

#[test]
fn two_denials_cancel_out() {
    check("not a day goes by without a fever", &["fever"]);
}

#[test]
fn others_the_past_and_what_ifs_are_left_aside() {
    check("my back hurts. my wife has a fever", &[]);
    check("I had a fever last year", &[]);
    check("what if I get a fever", &[]);
    check("if you press it I have a fever", &["fever"]);
    check("can back spasms cause a fever?", &[]);
    check("my fever is gone now", &[]);
}

#[test]
fn a_past_that_stays_true_counts() {
    check("I had cancer in 2010", &["cancer"]);
    check("I was pregnant in 2010", &[]);
}

#[test]
fn whoever_asks_for_someone_with_a_sore_back_means_that_person() {
    check("my husband's back hurts and he has a fever", &["fever"]);
}

#[test]
fn plain_figures_are_proposed_within_their_range() {
    check("I am 44, it started yesterday, pain 8/10", &["age = 44", "days_since_onset = 1", "pain_now = 8"]);
    check("I am 24 weeks pregnant", &["pregnancy"]);
    check("temperature of 39.2", &["fever"]);
    check("he is 300 years old", &[]);
}

#[test]
fn a_mention_tells_where_it_stands_and_why_it_is_left_aside() {
    let guideline = small();
    let text = "I am tired. My mother has a fever";
    let mentions = FreeText::new(&guideline).mentions(text);
    assert_eq!(mentions.len(), 1);
    assert_eq!(mentions[0].sense, Sense::SomeoneElse);
    assert_eq!(&text[mentions[0].span.clone()], "fever");
}

#[test]
fn a_beginning_today_is_heard_in_the_many_ways_it_is_told() {
    let guideline = small();
    let free_text = FreeText::new(&guideline);
    let days = guideline.finding_named("days_since_onset").unwrap();
    let told = |text: &str| {
        let proposals = free_text.proposals(text);
        proposals.iter().find(|proposal| proposal.finding == days).map(|proposal| proposal.answer)
    };
    for (text, days) in [
        ("my back locked tonight getting out of the car", Some(0)),
        ("sir since 1 am I am rolling on the floor", Some(0)),
        ("back spasms since lunchtime", Some(0)),
        ("woke at 4 with it", Some(0)),
        ("it went on me a week ago yesterday", Some(8)),
        ("it just built up over 3 weeks", Some(21)),
        ("the pain has been killing me ten days", Some(10)),
        ("my back hurts and I bowl 4 times a week", None),
        ("five days of prednisone, and my back hurts", None),
        ("nine hours behind the wheel every shift", None),
        ("hot water eased my back for a minute", None),
        ("my left knee blew up two years back", None),
        ("one day good, one day bad", None),
        ("sore only the first day", None),
    ] {
        assert_eq!(told(text), days.map(Answer::Number), "{text}");
    }
}

#[test]
fn a_no_after_a_sign_denies_it_and_a_statement_is_no_question() {
    let guideline = small();
    let free_text = FreeText::new(&guideline);
    let senses = |text: &str| -> Vec<Sense> {
        free_text.mentions(text).into_iter().map(|mention| mention.sense).collect()
    };
    assert_eq!(senses("fever no, back hurts"), [Sense::Absent]);
    assert_eq!(senses("what I have got is a fever"), [Sense::Present]);
    assert_eq!(senses("what does a fever mean"), [Sense::Supposed]);
    assert_eq!(senses("did the test at home and have a fever"), [Sense::Present]);
    assert_eq!(senses("did the fever come from this?"), [Sense::Supposed]);
    assert_eq!(senses("can not eat without a fever"), [Sense::Present]);
    assert_eq!(senses("never a minute without a fever"), [Sense::Present]);
    assert_eq!(senses("temperature checked daily, normal"), [Sense::Absent]);
    assert_eq!(senses("numb leg, all clear now on the telly"), [Sense::Present]);
    assert_eq!(senses("what I can't work out is the fever"), [Sense::Present]);
    assert_eq!(senses("scared I will end up with a fever"), [Sense::Supposed]);
}

#[test]
fn a_sign_in_a_question_brings_its_rule_and_a_general_question_none() {
    let guideline = small();
    let search = AnswerSearch::new(&guideline);
    let danger = |question| search.ask(question, 3).danger;
    assert_eq!(danger("I can't move my leg, what can I take?"), [care::RuleId(1)]);
    assert_eq!(danger("is it normal that I can't move my leg?"), [care::RuleId(1)]);
    assert_eq!(danger("can a spasm cause a fever?"), [care::RuleId(0)]);
    assert_eq!(danger("no fever, what can I take?"), []);
}

#[test]
fn a_topic_answers_before_anything_else_and_one_without_passages_says_that_there_is_no_source() {
    let guideline = small();
    let search = AnswerSearch::new(&guideline);
    assert_eq!(search.ask("what about my temperature", 3).hits[0], Passage::Rule(care::RuleId(0)));
    let reply = search.ask("is it the moon", 3);
    assert!(reply.has_no_source && reply.hits.is_empty(), "{reply:?}");
}

#[test]
fn what_was_heard_is_said_back_and_what_was_not_is_left_standing() {
    let guideline = small();
    let free_text = FreeText::new(&guideline);
    let read = OwnWords::read(&free_text, "My leg is numb. The cat is well. I am 44.");
    assert_eq!(read.said_back().as_deref(), Some("You told us: numb_leg; age 44 of 120."));
    assert_eq!(read.not_understood(), ["The cat is well"]);
    assert_eq!(OwnWords::read(&free_text, "The cat is well").said_back(), None);
}

#[test]
fn whoever_speaks_for_another_is_a_helper_and_who_tells_of_another_is_not() {
    let guideline = small();
    let free_text = FreeText::new(&guideline);
    for (text, patient) in [
        ("My husband cannot move his legs and his back hurts", Patient::He),
        ("asking for my gran, she fell and her back hurts, she is 80", Patient::She),
        ("my mother has not passed urine since last evening", Patient::She),
        ("my wife had the baby last week and has a terrible headache", Patient::She),
        ("my father passed away, my back hurts", Patient::Writer),
        ("my back hurts, my father had cancer", Patient::Writer),
        ("I hurt my back carrying my son", Patient::Writer),
    ] {
        assert_eq!(free_text.patient(text), patient, "{text}");
    }
}

#[test]
fn a_question_about_something_else_has_no_answer() {
    let guideline = small();
    assert_eq!(AnswerSearch::new(&guideline).ask("who won the world cup", 3).hits, []);
}

#[test]
fn the_passage_with_the_words_of_the_question_answers_it() {
    let guideline = small();
    let hits = AnswerSearch::new(&guideline).ask("temperature", 3).hits;
    assert_eq!(hits.first(), Some(&Passage::Rule(care::RuleId(0))));
}

#[test]
fn own_words_ask_about_the_most_urgent_sign_and_start_with_no_denial() {
    let guideline = small();
    let free_text = FreeText::new(&guideline);
    let read = OwnWords::read(&free_text, "I have a fever, I can't move my leg. I am not pregnant");
    let dangers: Vec<&str> = read.dangers().iter().map(|(_, rule)| rule.id.as_str()).collect();
    assert_eq!(dangers, ["paralysis", "fever"]);
    assert!(read.next_question().is_some());
    let started: Vec<&str> =
        read.to_start_with().map(|(finding, _)| guideline.finding(finding).id.as_str()).collect();
    assert_eq!(started, ["fever", "paralysis"]);
    let read = OwnWords::read(&free_text, "My mother had cancer");
    let aside: Vec<_> = read.set_aside().into_iter().map(|aside| (aside.words, aside.sense)).collect();
    assert!(matches!(aside[..], [(_, Sense::SomeoneElse)]), "{aside:?}");
}

#[test]
fn a_rule_is_told_with_its_urgency_as_title() {
    let guideline = small();
    let told = told(&guideline, Passage::Rule(care::RuleId(1)));
    assert_eq!(told.title, guideline.outcome(care::Urgency::Emergency).title);
    assert!(told.dose_of.is_none());
}

#[test]
fn sides_of_a_pattern_may_stand_anywhere_and_each_must_be_so() {
    let mut book = of_no_danger().book().clone();
    let both = "[cancer] & <numb> <leg> & [pain_now>=8]";
    book.findings[4].hears = vec![Hears { option: None, pattern: both.to_owned() }].into();
    let guideline = guideline(book);
    let free_text = FreeText::new(&guideline);
    let is_heard = |text: &str| {
        let mut proposals = free_text.proposals(text).into_iter();
        proposals.any(|proposal| guideline.finding(proposal.finding).id == "pregnancy")
    };
    let far = "Then I went to the shop. It was a long day. ".repeat(9);
    assert!(is_heard(&format!("I had cancer. {far} My leg is numb. Pain is 9.")));
    assert!(!is_heard("I had cancer. My leg is numb. Pain is 7."));
    assert!(!is_heard("My father had cancer. My leg is numb. Pain is 9."));
    assert!(!is_heard("I had cancer. No numb leg. Pain is 9."));
    assert!(!is_heard("I had cancer. My leg is fine. Pain is 9."));
}

#[test]
fn an_answer_denies_only_what_it_answers() {
    check("no it is not my numb leg", &[]);
    check("no, fever since Monday", &["fever"]);
    check("zero fever, nae numb leg", &[]);
    check("No fever? Actually yes.", &["fever"]);
    check("the numb leg is fine", &[]);
    check("if my leg ever went numb I'd be in hospital", &[]);
}

#[test]
fn years_and_others_set_a_sign_aside_and_what_others_do_does_not() {
    check("numb leg 2009, good since", &[]);
    check("in 2018 I had a numb leg", &[]);
    check("uncle of mine had a numb leg", &[]);
    check("the bloke next door had a fever, mine is just my back", &[]);
    check("my neighbour Pat had a numb leg, mine is just my back", &[]);
    check("my flatmate did a test on the numb patch of my leg", &["numb_leg"]);
    check("my wife says my leg is numb", &["numb_leg"]);
    check("I used to get a numb leg", &[]);
    check("numb leg when I bend, it never used to", &["numb_leg"]);
}

#[test]
fn of_many_times_the_one_of_the_beginning_is_read() {
    for (text, days) in [
        ("The knee was replaced six weeks ago. Five days ago my back seized up.", 5),
        ("my back locked, that was like nine days ago", 9),
        ("It went the night before last.", 2),
        ("the neck went, that was four days gone", 4),
        ("Drove six hours and my back was locked. That was yesterday.", 1),
        ("I am five days with a stiff neck", 5),
        ("my back has been sore on and off for like two weeks", 14),
        ("I was a carer for nine years. My back locked yesterday.", 1),
    ] {
        check(text, &[&format!("days_since_onset = {days}")]);
    }
}

#[test]
fn of_many_scores_the_one_of_now_is_read() {
    for (text, pain) in [
        ("pain dropped from a 9 to a 5", 5),
        ("pain is 3 from an 8", 3),
        ("he says seven, no, six", 6),
        ("rated six then, two now", 2),
        ("6 that time, today 3 or so", 3),
    ] {
        check(text, &[&format!("pain_now = {pain}")]);
    }
    check("my boy is 7", &["age = 7"]);
    for text in [
        "I cannot go for a number two",
        "the scan says the bulge is 4.6 cm",
        "he models trains for eight, nine hours at a stretch",
        "I manage 3 out of 10 of what I normally do",
        "it was 4 in the morning",
    ] {
        check(text, &[]);
    }
}

#[test]
fn where_only_one_option_can_be_so_two_named_as_often_are_none() {
    let chosen = |only_one, text: &str| {
        let mut book = of_no_danger().book().clone();
        let hears = |option, pattern: &str| Hears { option: Some(option), pattern: pattern.to_owned() };
        book.findings[4] = Finding {
            hears: vec![hears(0, "lifted"), hears(1, "fell")].into(),
            only_one,
            ..choice("start", &["lift", "fall"])
        };
        let guideline = guideline(book);
        let proposals = FreeText::new(&guideline).proposals(text);
        proposals.into_iter().map(|told| told.answer).collect::<Vec<_>>()
    };
    assert_eq!(chosen(true, "I lifted a box"), [Answer::Option(0)]);
    assert_eq!(chosen(true, "I lifted a box. Then he fell over it"), []);
    assert_eq!(chosen(false, "I lifted a box. Then he fell over it"), [Answer::Option(0)]);
    assert_eq!(chosen(true, "I lifted a box and lifted another. Then he fell over it"), [Answer::Option(0)]);
}

#[test]
fn a_name_inside_a_sentence_is_no_slip() {
    check("my neighbour Fevver has a bad back", &[]);
    check("i have a fevver", &["fever"]);
    check("Fevver since monday", &["fever"]);
}

#[test]
fn words_that_look_alike_are_no_forms_of_each_other() {
    let stems = |class: &str, text: &str| {
        let mut book = of_no_danger().book().clone();
        let mut words = (*book.words).clone();
        words.classes[0].words.push(class.to_owned());
        book.words = words.into();
        FreeText::new(&guideline(book)).proposals(text).len()
    };
    assert_eq!(stems("severe", "for severe reasons"), 1);
    for (class, other) in
        [("severe", "several"), ("even", "evening"), ("lungs", "lunges"), ("hard", "hardly")]
    {
        assert_eq!(stems(class, &format!("it was {other} then")), 0, "{class}, {other}");
    }
}

#[test]
fn what_people_around_take_it_for_is_a_guess_and_what_they_see_is_not() {
    for guess in [
        "my back hurts, my wife says it's a fever",
        "my back hurts, my mate reckons its just a fever",
        "my back hurts, my mum said that it is only a fever",
        "my back hurts, my friend said a fever is bad",
    ] {
        check(guess, &[]);
    }
    check("my back hurts, my wife says I have a fever", &["fever"]);
    check("he says it's a fever", &["fever"]);
}

#[test]
fn somebody_without_an_apostrophe_is_somebody_and_what_one_does_to_me_is_mine() {
    check("mums got a fever, my back hurts", &[]);
    check("my sisters pregnant so my back must hold", &[]);
    check("my friend kicked me in the fever", &["fever"]);
    check("me and my cousins had a fever", &["fever"]);
}

#[test]
fn what_a_pet_has_nobody_has() {
    let mut book = of_no_danger().book().clone();
    let mut words = (*book.words).clone();
    for (name, said) in [("thing_or_pet", "=phone"), ("has_an_accident", "=fell"), ("pet", "=dog")] {
        words.classes.push(WordClass { name: name.to_owned(), words: vec![said.to_owned()] });
    }
    book.words = words.into();
    let guideline = guideline(book);
    let free_text = FreeText::new(&guideline);
    let heard = |text| free_text.proposals(text).len();
    assert_eq!(heard("my dog has numb legs"), 0);
    assert_eq!(heard("our dog's legs are numb, fever too"), 0);
    assert_eq!(heard("my dog ran and my leg is numb"), 1);
    assert_eq!(heard("my leg is numb since the dog pulled"), 1);
}

#[test]
fn the_ages_and_years_of_other_things_are_left_aside() {
    check("I have had this since I was 20, I am 57", &["age = 57"]);
    check("20 fags a day and a fever", &["fever"]);
    check("a temperature of 39 and my back hurts", &["fever"]);
    check("12 years of butterfly, I am 21", &["age = 21"]);
    check("60 this sunday so still 59", &["age = 59"]);
    check("pressure 180/110 at the chemist", &[]);
    check("I had a fever in '98", &[]);
}

#[test]
fn the_score_of_now_is_not_where_it_came_from_nor_a_time_of_day() {
    check("pain has come down from an 8 to about a 4", &["pain_now = 4"]);
    check("back pain, its now four in the afternoon", &[]);
    check("pain going from a 7 to a 2, four days", &["days_since_onset = 4", "pain_now = 2"]);
    check("prednisolone, I started at 15 and now 5, sore back", &[]);
    check("I am 44, pain is now 6", &["age = 44", "pain_now = 6"]);
}

#[test]
fn how_far_a_pregnancy_is_and_how_old_a_child_is_dates_no_pain() {
    check("eight months gone, my back hurts", &[]);
    check("feeding my 5 month old, sore back", &[]);
    check("ten years ago I broke a wrist, my back hurts", &[]);
    check("my back pain started two years ago", &["days_since_onset = 730"]);
}

#[test]
fn a_question_that_is_none_for_the_book_is_refused_whatever_topic_it_meets() {
    let question = "what about my temperature";
    let hits = |asked: &[AskedBefore]| {
        let mut book = of_no_danger().book().clone();
        book.words = Words { asked: asked.to_vec(), ..(*book.words).clone() }.into();
        let guideline = guideline(book);
        AnswerSearch::new(&guideline).ask(question, 3).hits.len()
    };
    assert_eq!(hits(&[]), 1);
    let none = AskedBefore { question: question.to_owned(), shows: Vec::new(), dangers: Vec::new() };
    assert_eq!(hits(&[none]), 0);
}
