//! What other programs are answered, against the decision itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use api::{Rate, Service};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use care::{Answer, Answers, FindingKind, Guideline, Step};
use compiler::SourceFile;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

/// Yes and no, as FHIR has them.
const YES_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(dir: &Path, below: &Path, found: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, below, found);
        } else if path
            .extension()
            .is_some_and(|ending| ["md", "toml", "tsv"].map(Some).contains(&ending.to_str()))
        {
            let name = path.strip_prefix(below).unwrap().to_str().unwrap().to_owned();
            found.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

static GUIDELINE: LazyLock<&'static Guideline> = LazyLock::new(|| {
    let mut found = Vec::new();
    files(&root().join("guideline"), &root().join("guideline"), &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Box::leak(Box::new(compiler::compile(&found).unwrap().guideline))
});

static SERVICE: LazyLock<Arc<Service>> =
    LazyLock::new(|| Arc::new(Service::new(&GUIDELINE, Rate(NonZeroU32::new(1_000_000).unwrap()))));

async fn sent(request: Request<Body>) -> (StatusCode, HeaderMap, Value) {
    let response = api::router(SERVICE.clone()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let value = serde_json::from_str(&text).unwrap_or(Value::String(text));
    (parts.status, parts.headers, value)
}

async fn get(path: &str) -> (StatusCode, HeaderMap, Value) {
    sent(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn post(path: &str, body: impl ToString) -> (StatusCode, Value) {
    let request = Request::post(path).header("content-type", "application/json");
    let (status, _, value) = sent(request.body(Body::from(body.to_string())).unwrap()).await;
    (status, value)
}

/// The answers of every vignette.
fn vignettes() -> Vec<Answers> {
    let mut found = Vec::new();
    files(&root().join("vignettes"), &root(), &mut found);
    let read = |file: &SourceFile| compiler::vignette(&file.path, &file.text, &GUIDELINE).ok();
    let answers: Vec<Answers> =
        found.iter().filter_map(read).map(|vignette| vignette.settled_answers(&GUIDELINE)).collect();
    assert!(answers.len() > 400, "{}", answers.len());
    answers
}

#[tokio::test]
async fn every_vignette_is_assessed_as_by_the_decision_and_its_certificate_holds() {
    let region = &GUIDELINE.book().regions[1];
    for (number, answers) in vignettes().into_iter().enumerate() {
        let body =
            json!({ "id": number.to_string(), "answers": answers.to_json(&GUIDELINE), "region": region.id });
        let (status, value) = post("/v1/assess", &body).await;
        assert_eq!(status, StatusCode::OK, "{value}");
        let mut expected = json!({ "id": number.to_string() });
        let assessed = json!(wire::Assessment::of(&GUIDELINE, region, &answers));
        expected.as_object_mut().unwrap().extend(assessed.as_object().unwrap().clone());
        assert_eq!(value, expected);
        let (_, next) = post("/v1/next", &body).await;
        assert_eq!((&next["finished"], &next["next"]), (&value["finished"], &value["next"]));
        let (_, explained) = post("/v1/explain", &body).await;
        let rules = |of: &Value| {
            of["reasons"].as_array().unwrap().iter().map(|one| one["rule"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(rules(&explained), rules(&value));
        if value["finished"] == true && number % 20 == 0 {
            let (_, verified) = post("/v1/verify", json!({ "certificate": value["certificate"] })).await;
            assert_eq!(verified, json!({ "holds": true, "why_not": null }));
            let mut forged = value["certificate"].clone();
            forged["urgency"] =
                if value["urgency"] == "self_care" { "emergency" } else { "self_care" }.into();
            let (_, verified) = post("/v1/verify", json!({ "certificate": forged })).await;
            assert_eq!(verified["holds"], false);
        }
    }
}

#[tokio::test]
async fn what_does_not_fit_is_a_problem_that_says_where_and_repeats_nothing() {
    let of = |answers: Value| json!({ "answers": answers });
    let cases = [
        ("/v1/assess", of(json!({ "fever": "SECRET" })).to_string(), 422, "/answers/fever"),
        ("/v1/assess", of(json!({ "fevr/~": "SECRET" })).to_string(), 422, "/answers/fevr~1~0"),
        ("/v1/assess", of(json!("SECRET")).to_string(), 422, "/answers"),
        ("/v1/assess", json!({ "answers": {}, "region": "SECRET" }).to_string(), 422, "/region"),
        ("/v1/assess", json!({ "answers": {}, "regio": "SECRET" }).to_string(), 422, "/regio"),
        ("/v1/assess", "{\"answers\": {\"SECRET\": 1, \"SECRET\": 2}}".to_owned(), 400, ""),
        ("/v1/assess", "SECRET".to_owned(), 400, ""),
        ("/v1/dose", json!({ "product": "advil" }).to_string(), 422, ""),
        ("/v1/dose", json!({ "product": "no such SECRET", "log": [] }).to_string(), 404, "/product"),
        ("/v1/dose", json!({ "product": "advil", "region": "us", "amount": "SECRET", "log": [] }).to_string(), 422, "/amount"),
        ("/v1/dose", json!({ "product": "advil", "region": "us", "log": [{ "at": "2999-01-01T00:00:00Z", "product": "advil" }] }).to_string(), 409, "/log/0/at"),
        ("/v1/ask", json!({ "question": " " }).to_string(), 422, "/question"),
        ("/fhir/Questionnaire/$next-question", json!({ "resourceType": "Patient", "id": "SECRET" }).to_string(), 422, ""),
        ("/nowhere", "{}".to_owned(), 404, ""),
        ("/v1/questions", "{}".to_owned(), 405, ""),
    ];
    for (path, body, status, pointer) in cases {
        let (got, problem) = post(path, &body).await;
        assert_eq!(got.as_u16(), status, "{path} {body}: {problem}");
        assert_eq!(problem["status"], status);
        let place = problem["errors"][0]["pointer"].as_str().unwrap_or_default();
        assert_eq!(place, pointer, "{path} {body}");
        assert!(!problem.to_string().contains("SECRET"), "{problem}");
    }
    let plain = Request::post("/v1/assess").body(Body::from("{}")).unwrap();
    assert_eq!(sent(plain).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let long = format!("{{\"answers\": {{}}, \"id\": \"{}\"}}", "x".repeat(3 << 20));
    assert_eq!(post("/v1/assess", long).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_form_that_is_filled_in_screen_by_screen_ends_where_the_interview_does() {
    let mut response = json!({ "resourceType": "QuestionnaireResponse" });
    let mut answers = Answers::none(&GUIDELINE);
    let mut screens = 0;
    loop {
        let (status, next) = post("/fhir/Questionnaire/$next-question", &response).await;
        assert_eq!(status, StatusCode::OK, "{next}");
        let step = care::next(&GUIDELINE, &answers);
        let Step::Ask(ask) = step else {
            assert_eq!(next["status"], "completed");
            break;
        };
        assert_eq!(next["status"], "in-progress");
        let groups = next["contained"][0]["item"].as_array().unwrap();
        screens += 1;
        assert_eq!(groups.len(), screens, "what was asked, and what is asked next");
        let items: Vec<Value> = ask
            .findings
            .iter()
            .map(|id| {
                let (finding, name) = (GUIDELINE.finding(*id), &GUIDELINE.finding(*id).id);
                let (answer, value) = match &finding.kind {
                    FindingKind::YesNo => {
                        (Answer::No, json!({ "valueCoding": { "system": YES_NO, "code": "N" } }))
                    }
                    FindingKind::Number { min, max, .. } => {
                        let middle = i64::midpoint(*min, *max);
                        (Answer::Number(middle), json!({ "valueInteger": middle }))
                    }
                    FindingKind::Choice(options) => {
                        let code =
                            json!({ "system": format!("urn:unclench:option:{name}"), "code": options[0].id });
                        (Answer::Option(0), json!({ "valueCoding": code }))
                    }
                };
                answers.set(&GUIDELINE, *id, answer).unwrap();
                json!({ "linkId": name, "answer": [value] })
            })
            .collect();
        let known = &mut response["item"];
        if known.is_null() {
            *known = json!([]);
        }
        let link = GUIDELINE.question(ask.question).id.as_str();
        known.as_array_mut().unwrap().push(json!({ "linkId": link, "item": items }));
    }
    assert!(screens > 3, "{screens}");
}

#[tokio::test]
async fn a_chart_is_told_what_is_certain_and_what_was_missing() {
    let (_, _, listed) = get("/cds-services").await;
    let path = format!("/cds-services/{}", listed["services"][0]["id"].as_str().unwrap());
    let call = |answer: &str| {
        let code = json!({ "system": YES_NO, "code": answer });
        let item = json!({ "linkId": "saddle_numbness", "answer": [{ "valueCoding": code }] });
        let answers = json!({ "resourceType": "QuestionnaireResponse", "item": [item] });
        json!({
            "hook": "patient-view",
            "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
            "context": { "patientId": "1" },
            "prefetch": { "patient": { "resourceType": "Patient", "birthDate": "1980-02-29" }, "answers": answers },
        })
    };
    let (_, told) = post(&path, call("Y")).await;
    assert_eq!(told["cards"][0]["indicator"], "critical", "{told}");
    assert_eq!(told["cards"][0]["summary"], "Back pain: emergency");
    let (_, told) = post(&path, call("N")).await;
    assert_eq!(told["cards"][0]["summary"], "Back pain: at least self care; not all was answered");
    assert!(told["cards"][0]["detail"].as_str().unwrap().contains("It may be emergency at most. Missing: "));
    let mut nobody = call("N");
    nobody["prefetch"]["answers"] = json!({ "resourceType": "Bundle", "entry": [] });
    assert_eq!(post(&path, nobody).await.1, json!({ "cards": [] }));
}

#[tokio::test]
async fn a_case_of_the_benchmark_is_uncertain_where_it_leaves_open_what_matters() {
    let solve = |state: &str, age: i64| {
        json!({ "aiImplementation": "unclench", "caseData": {
            "profileInformation": { "age": age, "biologicalSex": "female" },
            "presentingComplaints": [{ "id": "saddle_numbness", "name": "x", "state": state, "attributes": [] }],
            "otherFeatures": [{ "id": "5622e2233ff9944412b2161ae720fff9", "state": "present" }],
        } })
    };
    let (_, told) = post("/mmvb/solve-case", solve("present", 45)).await;
    assert_eq!((&told["triage"], &told["unknown_features"]), (&json!("EC"), &json!(1)), "{told}");
    assert!(told.get("error").is_none(), "the benchmark takes that for a failure");
    let (_, told) = post("/mmvb/solve-case", solve("absent", 45)).await;
    assert_eq!(told["triage"], "UNCERTAIN");
    assert_eq!(post("/mmvb/solve-case", solve("absent", 111)).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, _, features) = get("/mmvb/features").await;
    let listed = features.as_array().unwrap().iter().find(|one| one["name"] == "saddle_numbness").unwrap();
    let mut by_id = solve("present", 45);
    by_id["caseData"]["presentingComplaints"][0]["id"] = listed["id"].clone();
    assert_eq!(post("/mmvb/solve-case", by_id).await.1["triage"], "EC");
}

#[tokio::test]
async fn what_is_the_same_for_everybody_is_sent_once_and_every_answer_names_its_book() {
    for path in ["/v1/questions", "/openapi.json", "/fhir/Questionnaire/unclench", "/"] {
        let (status, headers, _) = get(path).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers["guideline-version"], GUIDELINE.book().version.as_str());
        let again =
            Request::get(path).header("if-none-match", &headers["etag"]).header("x-request-id", "my-1");
        let (status, again, _) = sent(again.body(Body::empty()).unwrap()).await;
        assert_eq!((status, again["x-request-id"].to_str().unwrap()), (StatusCode::NOT_MODIFIED, "my-1"));
    }
}

#[tokio::test]
async fn whoever_runs_it_learns_nothing_of_anybody() {
    post("/v1/assess", json!({ "id": "SECRETID", "answers": { "age": 44 } })).await;
    get("/fhir/Questionnaire/SECRETPATH").await;
    let (_, _, text) = get("/metrics").await;
    let text = text.as_str().unwrap();
    assert!(text.contains("unclench_requests_total{route=\"/v1/assess\",status=\"200\"}"), "{text}");
    assert!(text.contains("route=\"/fhir/Questionnaire/{id}\",status=\"404\""), "{text}");
    assert!(!text.contains("SECRET"));
}

/// Every path of the document is one that is answered, and every schema that it names is there.
#[test]
fn the_document_is_whole() {
    let document = api::document(&GUIDELINE);
    assert_eq!(document["openapi"], "3.1.0");
    let text = document.to_string();
    for named in text.split("\"#/components/schemas/").skip(1) {
        let name = named.split('"').next().unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
    let answers = &document["components"]["schemas"]["Answers"]["properties"];
    let asked = GUIDELINE.book().findings.iter().filter(|finding| finding.derived.is_none());
    assert_eq!(answers.as_object().unwrap().len(), asked.count());
    assert!(document["paths"].as_object().unwrap().len() >= 19);
}

/// Who asks for much and reads none of it would hold a place for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_takes_nothing_of_its_answers_is_cut_off_and_others_are_not() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let rests = Duration::from_secs(1);
    tokio::spawn(api::serve(listener, SERVICE.clone(), rests, std::future::pending()));
    let asked = 400;
    let ask = "GET /openapi.json HTTP/1.1\r\nhost: here\r\n\r\n".repeat(asked);
    let read_all = async |waits: Duration| {
        let (mut reads, mut writes) = TcpStream::connect(address).await.unwrap().into_split();
        let ask = ask.clone();
        let asks = tokio::spawn(async move {
            // Whoever is cut off cannot ask to the end.
            let _ = writes.write_all(ask.as_bytes()).await;
            writes
        });
        tokio::time::sleep(waits).await;
        let (mut last, mut part) = (Vec::new(), vec![0; 1 << 18]);
        let start = b"HTTP/1.1 200";
        let mut count = 0;
        while count < asked {
            match tokio::time::timeout(Duration::from_secs(20), reads.read(&mut part)).await.unwrap() {
                Ok(0) | Err(_) => break,
                Ok(read) => last.extend_from_slice(&part[..read]),
            }
            count += last.windows(start.len()).filter(|window| window == start).count();
            // A start may come in two parts.
            last.drain(..last.len().saturating_sub(start.len() - 1));
        }
        drop(asks.await);
        count
    };
    assert!(read_all(rests * 3).await < asked);
    assert_eq!(read_all(Duration::ZERO).await, asked);
}
