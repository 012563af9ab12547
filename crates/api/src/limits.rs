//! How much one client may ask for, so that nobody is kept out by another.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};

use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Requests a second of one client.
#[derive(Clone, Copy, Debug)]
pub struct Rate(pub NonZeroU32);

/// What each client has asked for lately.
pub(crate) struct Limits {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    asked: AtomicUsize,
}

/// After so many requests, clients that have asked for nothing lately are forgotten.
const TIDY_AFTER: usize = 10_000;

impl Limits {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { limiter: RateLimiter::keyed(Quota::per_second(rate.0)), asked: AtomicUsize::new(0) }
    }

    /// Whether a client may ask now; else in how many seconds.
    pub(crate) fn look(&self, client: IpAddr) -> Result<(), u64> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY_AFTER == TIDY_AFTER - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&client).map_err(|until| {
            until.wait_time_from(governor::clock::DefaultClock::default().now()).as_secs() + 1
        })
    }
}
