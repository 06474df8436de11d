//! Latencies and their percentiles, medians of rounds.

use std::time::Duration;

/// Latencies of one run, in microseconds.
#[derive(Debug, Default, Clone)]
pub struct Latencies {
    micros: Vec<u64>,
    sorted: bool,
}

impl Latencies {
    /// Adds one measurement.
    pub fn record(&mut self, took: Duration) {
        self.micros.push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        self.sorted = false;
    }

    /// Adds all measurements of another run.
    pub fn merge(&mut self, other: &Self) {
        self.micros.extend_from_slice(&other.micros);
        self.sorted = false;
    }

    /// How many measurements there are.
    pub fn len(&self) -> usize {
        self.micros.len()
    }

    /// Whether nothing was measured.
    pub fn is_empty(&self) -> bool {
        self.micros.is_empty()
    }

    /// The latency that `share` (0 to 1) of the measurements do not exceed; nearest rank, zero when empty.
    pub fn percentile(&mut self, share: f64) -> Duration {
        if self.micros.is_empty() {
            return Duration::ZERO;
        }
        if !self.sorted {
            self.micros.sort_unstable();
            self.sorted = true;
        }
        let rank = (share * self.micros.len() as f64).ceil() as usize;
        Duration::from_micros(self.micros[rank.clamp(1, self.micros.len()) - 1])
    }
}

/// The middle of some figures; the mean of the two middle ones when their number is even, 0 of none.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// A duration in milliseconds.
pub fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let mut latencies = Latencies::default();
        for n in 1..=100 {
            latencies.record(Duration::from_micros(n));
        }

        assert_eq!(latencies.percentile(0.50), Duration::from_micros(50));
        assert_eq!(latencies.percentile(0.99), Duration::from_micros(99));
        assert_eq!(latencies.percentile(1.0), Duration::from_micros(100));
    }

    #[test]
    fn nothing_measured_is_zero_and_not_a_panic() {
        assert_eq!(Latencies::default().percentile(0.99), Duration::ZERO);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn a_median_of_an_even_number_lies_between_the_two_middle_ones() {
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), 2.5);
        assert_eq!(median(&[9.0, 1.0, 3.0]), 3.0);
    }
}
