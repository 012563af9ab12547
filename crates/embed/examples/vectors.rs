//! What every package must answer, byte for byte: requests with the answers of the native
//! `wire`, one a line. `vectors BOOK.bin FOLDER_OF_VIGNETTES`

use std::error::Error;
use std::path::{Path, PathBuf};

use embed::Engine;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// For when doses are asked about.
const AT: &str = "2026-11-30T12:00:00Z";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [book, vignettes] = arguments.as_slice() else {
        return Err("usage: vectors BOOK.bin FOLDER_OF_VIGNETTES".into());
    };
    let engine = Engine::open(&std::fs::read(book)?)?;
    let people = people(&engine, vignettes.as_ref())?;
    let requests = decisions(&engine, &people).into_iter().chain(doses(&engine, &people)).chain(unfit());
    for (call, request) in requests {
        // Every request about a dose says when.
        let vector = match engine.call(call, &request.to_string(), Timestamp::UNIX_EPOCH) {
            Ok(told) => json!({ "call": call, "request": request, "told": told }),
            Err(problem) => json!({ "call": call, "request": request, "problem": problem }),
        };
        println!("{vector}");
    }
    Ok(())
}

type Request = (&'static str, Value);

/// The answers of every vignette.
fn people(engine: &Engine, folder: &Path) -> Result<Vec<Map<String, Value>>, Box<dyn Error>> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::<PathBuf>::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    let guideline = engine.guideline();
    let mut people = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let Ok(vignette) = compiler::vignette(&file.display().to_string(), &text, guideline) else {
            continue;
        };
        people.push(vignette.settled_answers(guideline).to_json(guideline));
    }
    Ok(people)
}

/// Each person with all answers, and with every second one.
fn decisions(engine: &Engine, people: &[Map<String, Value>]) -> Vec<Request> {
    let regions = &engine.guideline().book().regions;
    let mut requests = vec![("questions", json!({}))];
    for (number, answers) in people.iter().enumerate() {
        let region = &regions[number % regions.len()].id;
        let half: Map<String, Value> = answers.clone().into_iter().step_by(2).collect();
        let whole = json!({ "answers": answers, "region": region });
        requests.extend(["assess", "next", "explain"].map(|call| (call, whole.clone())));
        requests.push(("assess", json!({ "answers": half, "id": number.to_string() })));
        let told = engine.call("assess", &whole.to_string(), Timestamp::UNIX_EPOCH);
        let told = told.ok().and_then(|told| serde_json::from_str::<Value>(&told).ok());
        if let Some(certificate) = told.map(|told| told["certificate"].clone()).filter(|_| number % 20 == 0)
            && !certificate.is_null()
        {
            requests.push(("verify", json!({ "certificate": certificate })));
        }
    }
    requests
}

/// Every pack in every country that sells it, after nothing, after one, and after too much.
fn doses(engine: &Engine, people: &[Map<String, Value>]) -> Vec<Request> {
    let book = engine.guideline().book();
    let taken = |product: &str, at: &str| json!({ "at": at, "product": product });
    let mut requests = Vec::new();
    for (number, product) in book.products.iter().enumerate() {
        let answers = &people[number * 7 % people.len()];
        let id = &product.id;
        for region in &product.regions {
            let region = &engine.guideline().region(*region).id;
            let hours = ["2026-11-30T11:30:00Z", "2026-11-30T08:00:00Z", "2026-11-30T03:00:00Z"];
            for log in [vec![], vec![taken(id, hours[1])], hours.map(|at| taken(id, at)).to_vec()] {
                let request =
                    json!({ "product": id, "region": region, "log": log, "answers": answers, "at": AT });
                requests.push(("dose", request));
            }
        }
    }
    requests
}

/// What does not fit, with something in it that no problem may repeat.
fn unfit() -> Vec<Request> {
    vec![
        ("assess", json!({ "answers": { "fever": "SECRET" } })),
        ("assess", json!({ "answers": { "fevr/~": "SECRET" } })),
        ("assess", json!({ "answers": "SECRET" })),
        ("next", json!({ "answers": { "age": "SECRET" } })),
        ("explain", json!({ "answers": {}, "region": "SECRET" })),
        ("dose", json!({ "product": "no such SECRET", "log": [] })),
        ("dose", json!({ "product": "advil", "region": "us", "amount": "SECRET", "log": [] })),
        ("dose", json!({ "product": "advil", "log": [{ "at": "SECRET", "product": "advil" }] })),
        ("verify", json!({ "certificate": "SECRET" })),
    ]
}
