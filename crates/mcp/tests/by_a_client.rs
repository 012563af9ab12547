//! The tools, as a client of the protocol's own library finds them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::LazyLock;

use care::Guideline;
use compiler::SourceFile;
use mcp::Server;
use rmcp::model::CallToolRequestParams;
use rmcp::service::RunningService;
use rmcp::{RoleClient, ServiceExt as _};
use serde_json::{Map, Value, json};

fn files(dir: &Path, below: &Path, found: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, below, found);
        } else if ["md", "toml", "tsv"].map(Some).contains(&path.extension().and_then(|end| end.to_str())) {
            let name = path.strip_prefix(below).unwrap().to_str().unwrap().to_owned();
            found.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

static GUIDELINE: LazyLock<Guideline> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guideline");
    let mut found = Vec::new();
    files(&folder, &folder, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    compiler::compile(&found).unwrap().guideline
});

/// A client that is connected.
async fn client() -> RunningService<RoleClient, ()> {
    let (ours, theirs) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        let running = Server::new(GUIDELINE.clone()).serve(theirs).await.unwrap();
        running.waiting().await.unwrap();
    });
    ().serve(ours).await.unwrap()
}

/// What a tool says: its words, its values, and whether it refused.
async fn call(
    client: &RunningService<RoleClient, ()>,
    tool: &'static str,
    given: Value,
) -> (String, Value, bool) {
    let Value::Object(given) = given else { panic!("no object") };
    let told = client.call_tool(CallToolRequestParams::new(tool).with_arguments(given)).await.unwrap();
    let words = told.content.first().and_then(|content| content.as_text()).unwrap().text.clone();
    (words, told.structured_content.unwrap(), told.is_error == Some(true))
}

#[tokio::test]
async fn a_model_is_told_what_it_may_do_and_finds_four_tools() {
    let client = client().await;
    let told = client.peer_info().unwrap();
    let instructions = told.instructions.clone().unwrap();
    assert!(instructions.contains("Add no advice") && instructions.contains(&GUIDELINE.book().version));
    let tools = client.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, ["next_question", "assess", "explain", "dose"]);
}

#[tokio::test]
async fn whoever_answers_every_question_comes_to_an_outcome_whose_certificate_holds() {
    let client = client().await;
    let mut answers = Map::new();
    let outcome = loop {
        let (words, told, _) = call(&client, "next_question", json!({ "answers": answers })).await;
        assert_eq!(told["guideline"]["version"], GUIDELINE.book().version);
        if told["finished"] == true {
            break told;
        }
        assert!(words.starts_with(told["next"]["ask"].as_str().unwrap()), "{words}");
        for finding in told["next"]["findings"].as_array().unwrap() {
            let answer = match finding["type"].as_str().unwrap() {
                "yes_no" => json!("no"),
                "number" => finding["max"].as_i64().map_or(json!(40), |max| json!(max.min(40))),
                _ => finding["allowed"][0].clone(),
            };
            answers.insert(finding["id"].as_str().unwrap().to_owned(), answer);
        }
        assert!(answers.len() < 500);
    };
    let certificate = serde_json::from_value(outcome["certificate"].clone()).unwrap();
    assert_eq!(care::verify(&GUIDELINE, &certificate), Ok(()));
    let (_, assessed, _) = call(&client, "assess", json!({ "answers": answers })).await;
    assert_eq!(assessed, outcome);
    let (_, explained, _) = call(&client, "explain", json!({ "answers": answers })).await;
    assert_eq!(explained["guideline"], outcome["guideline"]);
}

#[tokio::test]
async fn an_emergency_comes_first_whatever_is_asked() {
    let client = client().await;
    let answers = json!({ "saddle_numbness": "yes" });
    let dose = json!({ "product": "advil", "region": "us", "answers": answers, "log": [] });
    let decided = json!({ "answers": answers, "region": "us" });
    let title = wire_title(&answers);
    for (tool, given) in [
        ("next_question", decided.clone()),
        ("assess", decided.clone()),
        ("explain", decided),
        ("dose", dose),
    ] {
        let (words, told, _) = call(&client, tool, given).await;
        assert!(words.starts_with(&title), "{tool}: {words}");
        assert_eq!(told["lower"], "emergency", "{tool}");
        assert!(told["verdict"].is_null());
    }
}

fn wire_title(answers: &Value) -> String {
    let asked: wire::Assess = wire::read(&json!({ "answers": answers, "region": "us" }).to_string()).unwrap();
    asked.assess(&GUIDELINE).unwrap().assessment.outcome.unwrap().title.to_owned()
}

#[tokio::test]
async fn a_dose_is_judged_and_what_is_missing_is_asked_first() {
    let client = client().await;
    let (words, told, is_refused) =
        call(&client, "dose", json!({ "product": "advil", "region": "us", "answers": {}, "log": [] })).await;
    assert!(!is_refused && !words.is_empty());
    assert_eq!(told["verdict"], "ask_first");
    assert_eq!(told["guideline"]["version"], GUIDELINE.book().version);
    assert!(told["next_question"]["findings"].is_array());
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_its_place_and_repeats_nothing() {
    let client = client().await;
    let given = [
        ("assess", json!({ "answers": { "fever": "SECRET" } }), "/answers/fever"),
        ("next_question", json!({ "answers": {}, "regio": "SECRET" }), "/regio"),
        ("dose", json!({ "product": "no such SECRET", "answers": {}, "log": [] }), "/product"),
    ];
    for (tool, given, pointer) in given {
        let (words, told, is_refused) = call(&client, tool, given).await;
        assert!(is_refused);
        assert_eq!(told["problem"]["errors"][0]["pointer"], pointer, "{told}");
        assert_eq!(told["guideline"]["version"], GUIDELINE.book().version);
        assert!(!format!("{words}{told}").contains("SECRET"), "{told}");
    }
    let unknown = client.call_tool(CallToolRequestParams::new("advise")).await;
    assert!(unknown.unwrap_err().to_string().contains("no such tool"));
}
