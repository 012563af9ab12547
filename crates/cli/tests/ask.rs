//! What a question gets in the terminal, and what own words get.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::process::Command;

#[test]
fn the_dose_of_one_medicine_is_never_the_answer_to_a_question_about_another() {
    for question in ["how many mg of oxycodone can i take", "how much percocet a day"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_unclench"))
            .args(["ask", "--json", question])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains("\"medicine."), "{question}: {text}");
    }
}

fn unclench(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_unclench"))
        .args(arguments)
        .env_remove("UNCLENCH_REGION")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_answer_shows_its_sources_and_where_they_differ() {
    let page = unclench(&["ask", "can dehydration cause back spasms"]);
    for words in ["No study has shown it", "Sources differ", "Sources", "[1"] {
        assert!(page.contains(words), "{words} is missing in\n{page}");
    }
}

#[test]
fn a_danger_in_a_question_shows_the_rule_and_the_number_before_the_answer() {
    let page = unclench(&["--region", "us", "ask", "numb between my legs, normal?"]);
    let rule = page.find("squeezed nerves").unwrap_or_else(|| panic!("{page}"));
    let number = page.find("Call 911").unwrap_or_else(|| panic!("{page}"));
    assert!(rule < number);
    assert!(page[..rule].contains("Get emergency help now"), "{page}");
}

#[test]
fn a_question_that_speaks_of_ending_it_shows_the_crisis_line_before_the_emergency_number() {
    let page = unclench(&["--region", "us", "ask", "I want to die, my back hurts so much"]);
    let crisis = page.find("988").unwrap_or_else(|| panic!("{page}"));
    let emergency = page.find("911").unwrap_or_else(|| panic!("{page}"));
    assert!(crisis < emergency, "{page}");
}

#[test]
fn a_dose_is_told_by_the_packs_of_the_country() {
    let doses = [
        ("uk", "how often can I take paracetamol?", "On the label (UK)"),
        ("us", "how often can I take paracetamol?", "On the label (US)"),
        ("au", "how often can I take ibuprofen?", "On the label (AU)"),
    ];
    for (region, question, label) in doses {
        let page = unclench(&["--region", region, "ask", question]);
        let labels: Vec<&str> = page.matches("On the label (").collect();
        assert!(page.contains(label) && labels.len() == 1, "{page}");
    }
}

#[test]
fn a_danger_comes_first_however_it_is_asked() {
    for question in [
        "can back spasms cause fever?",
        "is it normal not to be able to pee with back pain",
        "why does my bum feel numb when I wipe",
        "my husband has back pain and cant feel his legs, what cream is best",
    ] {
        let page = unclench(&["ask", question]);
        assert!(page.contains("First: "), "{question}: {page}");
    }
    for question in ["heat or ice?", "how long does it last", "is swimming good for my back"] {
        let page = unclench(&["ask", question]);
        assert!(!page.contains("First: "), "{question}: {page}");
    }
}

#[test]
fn what_the_book_does_not_know_is_said_so_with_what_to_do_instead() {
    let page = unclench(&["ask", "who won the world cup"]);
    assert!(page.contains("The book does not answer this"), "{page}");
    assert!(page.contains("pharmacist or your doctor"), "{page}");
}

#[test]
fn own_words_are_proposed_for_confirmation_and_never_an_outcome() {
    let output = unclench(&["assess", "--json", "--text", "my back went yesterday, groin is numb, no fever"]);
    let view: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(view["urgency"], serde_json::Value::Null);
    assert_eq!(view["finished"], false);
    assert_eq!(view["danger"][0]["rule"], "saddle_numbness");
    assert!(view["warning"].as_str().unwrap().starts_with("This may be an emergency"));
    let answers: Vec<(&str, &str)> = view["proposals"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|proposal| Some((proposal["finding"].as_str()?, proposal["answer"].as_str()?)))
        .collect();
    assert!(answers.contains(&("saddle_numbness", "yes")));
    // A danger sign that is denied is asked about all the same.
    assert!(!answers.iter().any(|(finding, _)| *finding == "fever"), "{answers:?}");
    // The screen with the danger sign is asked first.
    let asked = view["next"]["findings"].as_array().unwrap();
    assert!(asked.iter().any(|finding| finding["id"] == "saddle_numbness"));
}

#[test]
fn a_calm_text_is_not_called_safe() {
    let page =
        unclench(&["assess", "--text", "just a stiff lower back after gardening, no fever, nothing numb"]);
    assert!(page.contains("None of this counts until you confirm it"), "{page}");
    assert!(!page.to_lowercase().contains("self-care"), "{page}");
}

#[test]
fn what_speaks_against_a_medicine_in_a_question_comes_before_its_answer() {
    let json =
        |arguments: &[&str]| -> serde_json::Value { serde_json::from_str(&unclench(arguments)).unwrap() };
    let reply =
        json(&["--region", "us", "ask", "--json", "I take Eliquis, can I use Advil for my back spasm"]);
    let against = reply["against"].as_array().unwrap();
    assert_eq!(against[0]["medicine"], "ibuprofen_us");
    assert_eq!(against[0]["never"], true);
    assert!(!against[0]["sources"].as_array().unwrap().is_empty());
    let other = json(&["--region", "us", "ask", "--json", "can I use Advil for my back spasm"]);
    assert!(other["against"].as_array().unwrap().is_empty());
}
