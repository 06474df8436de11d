//! Rate limits: exact token buckets in memory, by address, account or visitor.

use std::{num::NonZeroU32, time::Duration};

use governor::{Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, state::keyed::DashMapStateStore};

use super::Problem;

/// One budget, kept separately for each key.
pub struct Limit {
    limiter: RateLimiter<String, DashMapStateStore<String>, DefaultClock>,
    on: bool,
}

impl Limit {
    /// `burst` at once, refilled at `burst` per `period`. `on: false` lets everything through.
    pub fn new(burst: u32, period: Duration, on: bool) -> Limit {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(period / burst.get()).unwrap_or_else(|| Quota::per_second(burst)).allow_burst(burst);
        Limit { limiter: RateLimiter::dashmap(quota), on }
    }

    /// Takes one from the budget of `key`, or says when there will be one.
    pub fn take(&self, key: &str) -> Result<(), Problem> {
        self.take_many(key, NonZeroU32::MIN)
    }

    /// Takes `n` at once, or says when there will be as many. More than the whole budget there never will be.
    pub fn take_many(&self, key: &str, n: NonZeroU32) -> Result<(), Problem> {
        if !self.on {
            return Ok(());
        }
        let Ok(taken) = self.limiter.check_key_n(&key.to_owned(), n) else { return Err(Problem::rate_limited(60)) };
        taken.map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Problem::rate_limited(wait.as_secs() + 1)
        })
    }

    /// Forgets keys whose budget is full again, so that memory does not grow with strangers.
    pub fn tidy(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_exact_under_concurrency_and_apart_by_key() {
        let limit = Limit::new(10, Duration::from_secs(3600), true);
        let granted: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| (0..20).filter(|_| limit.take("a").is_ok()).count())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });

        assert_eq!(granted, 10);
        assert!(limit.take("b").is_ok());
        assert!(limit.take("a").unwrap_err().retry_after.is_some());
    }
}
