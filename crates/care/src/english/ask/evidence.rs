//! How much the words of a question speak for a danger in it.
//!
//! Each part of a question stands more often in questions with a danger than in those
//! without, or less often. The logarithm of how much more is its weight of evidence: a
//! count over the questions of the book, so whoever asks why can be shown the lines.

use crate::english::ask::number;

/// What a part counts as seen in either kind before it is seen at all.
const UNSEEN: f64 = 0.1;

/// What speaks for a danger in a question, part by part.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    sum: f64,
    weight: f64,
}

impl Evidence {
    /// Adds a part that counts so much.
    pub(super) fn add(&mut self, tells: f64, counts: f64) {
        self.sum += counts * tells;
        self.weight += counts;
    }

    /// How much it is. The parts of a question overlap, so twice as many of them do not say
    /// twice as much.
    pub(super) fn value(&self) -> f64 {
        if self.weight > 0.0 { self.sum / self.weight.sqrt() } else { 0.0 }
    }
}

/// How much a part speaks for a danger that stands in so many of all questions with one, and
/// in so many of all without.
pub(super) fn tells((with, all_with): (usize, usize), (without, all_without): (usize, usize)) -> f64 {
    let share = |have, all| (number(have) + UNSEEN) / (number(all) + 2.0 * UNSEEN);
    libm::log(share(with, all_with) / share(without, all_without))
}

#[cfg(test)]
mod tests {
    use super::{Evidence, tells};

    #[test]
    fn a_part_speaks_for_a_danger_where_it_stands_more_often_in_questions_with_one() {
        assert!(tells((3, 10), (0, 10)) > tells((3, 10), (1, 10)));
        assert!(tells((3, 10), (1, 10)) > 0.0);
        assert!(tells((0, 10), (3, 10)) < 0.0);
        assert!(tells((2, 10), (2, 10)).abs() < 1e-9);
    }

    #[test]
    fn more_parts_say_more_though_not_as_much_as_they_add_up_to() {
        let of = |parts: usize| {
            let mut evidence = Evidence::default();
            (0..parts).for_each(|_| evidence.add(1.0, 1.0));
            evidence.value()
        };
        assert!(of(0).abs() < f64::EPSILON);
        assert!(of(4) > of(1) && of(4) < 4.0 * of(1));
    }
}
