//! What is sent while the disk is full is not forgotten by a program that goes on.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use store::{Appended, Database, Event, Mark, Once, Reading, Sequence, StoreError};
use web::{Arrival, Form, Home, Keeper, Request, Site, Visits};

use crate::running::guideline;
use crate::{NERVES, NONE, SCREEN};

/// A record on a disk that may be full.
struct Full {
    database: Database,
    is_full: Rc<Cell<bool>>,
}

impl Keeper for Full {
    async fn read(&self, known: &Mark) -> Result<Reading, StoreError> {
        Keeper::read(&self.database, known).await
    }

    async fn append_after(
        &self,
        last: Sequence,
        once: Option<Once>,
        events: Vec<(Timestamp, Event)>,
    ) -> Result<Appended, StoreError> {
        if self.is_full.get() {
            return Err(StoreError::DiskFull);
        }
        Keeper::append_after(&self.database, last, once, events).await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        Keeper::erase(&self.database).await
    }
}

struct Pages {
    visits: Visits<'static, Full>,
    is_full: Rc<Cell<bool>>,
    sent: Cell<u32>,
}

impl Pages {
    async fn of(path: &Path) -> Self {
        let database = Database::open(path, None).await.unwrap();
        let site = Site::new(guideline(), Vec::new(), TimeZoneDatabase::bundled());
        let home = Home::File { path: "record.db".to_owned(), sealed: false };
        let is_full = Rc::new(Cell::new(false));
        let keeper = Full { database, is_full: is_full.clone() };
        let visits = Visits::new(site, keeper, home, Some("us".to_owned()));
        Self { visits, is_full, sent: Cell::new(0) }
    }

    async fn ask(&self, request: Request) -> (u16, String) {
        let arrival = Arrival {
            request,
            now: Timestamp::now(),
            zone: TimeZone::UTC,
            languages: "en-US",
            token: "aa",
            once: "bb",
        };
        let visited = self.visits.visit(&arrival).await;
        (visited.response.status, String::from_utf8(visited.response.body.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> String {
        self.ask(Request::get(path)).await.1
    }

    /// Each time as a new form, as a person sends it who fills it in anew.
    async fn post(&self, path: &str, fields: &str) -> u16 {
        self.sent.set(self.sent.get() + 1);
        let form = format!("token=aa&once=c{}&{fields}", self.sent.get());
        self.ask(Request::post(path, Form::from_urlencoded(form.as_bytes()))).await.0
    }
}

const SAYS: &str = "Something you sent could not be kept";

#[tokio::test]
async fn until_a_dose_that_could_not_be_kept_is_sent_again_every_page_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let pages = Pages::of(&folder.path().join("record.db")).await;
    let dose = "medicine=advil&units=2&when=now";
    assert!(!pages.get("/").await.contains(SAYS));
    pages.is_full.set(true);
    assert_eq!(pages.post("/medicines/log", dose).await, 503);
    pages.is_full.set(false);
    assert_eq!(pages.post(NERVES, &format!("{SCREEN}&{NONE}")).await, 303);
    for path in ["/", "/medicines/log", "/data"] {
        assert!(pages.get(path).await.contains(SAYS), "{path}");
    }
    assert_eq!(pages.post("/medicines/log", dose).await, 303);
    assert!(!pages.get("/").await.contains(SAYS));
}

#[tokio::test]
async fn a_setting_that_could_not_be_kept_shuts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let pages = Pages::of(&folder.path().join("record.db")).await;
    pages.is_full.set(true);
    assert_eq!(pages.post("/settings", "colours=dark").await, 503);
    assert!(!pages.get("/").await.contains(SAYS));
}
