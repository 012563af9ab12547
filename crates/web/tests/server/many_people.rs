//! Many people on one server never see each other's data.

use std::sync::Arc;

use store::Database;
use tokio::task::JoinSet;
use web::Home;

use crate::running::{Answer, Running};

const PEOPLE: usize = 100;

/// What a person writes everywhere, and nobody else does.
fn word(person: usize) -> String {
    format!("zebra{person:03}")
}

/// Every such word in a page.
fn words(page: &Answer) -> Vec<String> {
    page.0.split("zebra").skip(1).map(|rest| format!("zebra{}", &rest[..3])).collect()
}

/// An age that only one person has.
fn age(person: usize) -> usize {
    10 + person
}

struct Person {
    number: usize,
    cookie: String,
    token: String,
    server: Arc<Running>,
}

impl Person {
    async fn arrives(server: Arc<Running>, number: usize) -> Self {
        let page = server.get("/", "").await;
        Self { number, cookie: page.cookie(), token: page.hidden("token"), server }
    }

    async fn sends(&self, path: &str, fields: &str) {
        let page = self.server.get("/data", &self.cookie).await;
        assert_eq!(page.hidden("token"), self.token, "person {} was given another session", self.number);
        let form = format!("token={}&{fields}", self.token);
        let sent = self.server.post(path, &self.cookie, &form).await;
        assert_eq!(sent.status(), 303, "{path}: {}", sent.0);
        self.looks_around().await;
    }

    /// Nothing of anybody else is on any page.
    async fn looks_around(&self) {
        for path in ["/", "/question", "/check", "/data", "/data/export.json", "/data/export.csv"] {
            let page = self.server.get(path, &self.cookie).await;
            let found = words(&page);
            assert!(
                found.iter().all(|found| *found == word(self.number)),
                "{path} of {} has {found:?}",
                self.number
            );
        }
    }
}

async fn lives(person: Person) {
    let own = word(person.number);
    person.sends("/start", &format!("own_words=My+back+hurts+{own}")).await;
    person.sends("/start", &format!("over=yes&own_words=It+still+hurts+{own}")).await;
    person
        .sends("/question/danger_nerves", "question=danger_nerves&shows=saddle_numbness&shows=bladder_change&danger_nerves-none=yes&seen=999")
        .await;
    let about = format!("question=about_you&shows=age&about_you-age={}&seen=999", age(person.number));
    person.sends("/question/about_you", &about).await;

    let checked = person.server.get("/check", &person.cookie).await;
    assert!(checked.0.contains(&format!("{} years", age(person.number))), "{}", checked.0);
    let kept = person.server.get("/data/export.json", &person.cookie).await;
    for text in [format!("My back hurts {own}"), format!("It still hurts {own}")] {
        assert!(kept.0.contains(&text), "person {} has lost \"{text}\":\n{}", person.number, kept.0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_people_at_once_never_see_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&folder.path().join("records.db"), None).await.unwrap();
    let server = Arc::new(Running::start(database, Home::Hosted).await);
    let mut everybody = JoinSet::new();
    for number in 0..PEOPLE {
        let server = server.clone();
        everybody.spawn(async move { lives(Person::arrives(server, number).await).await });
    }
    while let Some(done) = everybody.join_next().await {
        done.unwrap();
    }
    Arc::into_inner(server).unwrap().stop().await;
}

#[tokio::test]
async fn the_form_of_one_person_is_not_taken_from_another() {
    let server = Arc::new(Running::start(Database::in_memory().await.unwrap(), Home::Hosted).await);
    let (one, other) = (Person::arrives(server.clone(), 0).await, Person::arrives(server.clone(), 1).await);
    let form = format!("token={}&own_words={}", one.token, word(0));
    assert_eq!(server.post("/start", &other.cookie, &form).await.status(), 403);
    other.looks_around().await;
}
