//! What may be shown, with how much speaks for it.

use crate::english::ask::{Shown, number};

/// The best of a list counts in full, and each after it less: lists are written so.
const DECAY: f64 = 0.5;

/// What may be shown, each with how much speaks for it.
#[derive(Debug, Default)]
pub(super) struct Ballot(Vec<(Shown, f64)>);

impl Ballot {
    /// Adds to what speaks for something.
    pub(super) fn add(&mut self, shown: Shown, by: f64) {
        *self.of(shown) += by;
    }

    /// Adds what speaks for a list, its best first.
    pub(super) fn add_list(&mut self, list: &[Shown], by: f64) {
        for (rank, shown) in list.iter().enumerate() {
            self.add(*shown, at_rank(by, rank));
        }
    }

    /// Takes the most that speaks for each of a list, and a share of the rest: two signs that
    /// say the same do not say it twice.
    pub(super) fn raise_list(&mut self, list: &[Shown], by: f64, share_of_rest: f64) {
        for (rank, shown) in list.iter().enumerate() {
            let by = at_rank(by, rank);
            let known = self.of(*shown);
            *known = known.max(by) + share_of_rest * known.min(by);
        }
    }

    fn of(&mut self, shown: Shown) -> &mut f64 {
        let at = self.0.iter().position(|(known, _)| *known == shown).unwrap_or_else(|| {
            self.0.push((shown, 0.0));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    /// How much speaks for what most does.
    pub(super) fn most(&self) -> f64 {
        self.0.iter().map(|(_, by)| *by).fold(0.0, f64::max)
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (Shown, f64)> + '_ {
        self.0.iter().copied()
    }

    /// The best first; of equals what was added first.
    pub(super) fn best_first(mut self) -> impl Iterator<Item = Shown> {
        self.0.sort_by(|left, right| right.1.total_cmp(&left.1));
        self.0.into_iter().map(|(shown, _)| shown)
    }
}

fn at_rank(by: f64, rank: usize) -> f64 {
    by / (1.0 + DECAY * number(rank))
}

#[cfg(test)]
mod tests {
    use super::Ballot;
    use crate::english::ask::Shown;
    use crate::english::passage::Passage;

    #[test]
    fn a_second_sign_adds_less_and_the_order_of_equals_stays() {
        let [first, second] = [0, 1].map(|index| Shown::Passage(Passage::Answer(index)));
        let mut ballot = Ballot::default();
        ballot.raise_list(&[first], 1.0, 0.5);
        ballot.raise_list(&[first], 0.5, 0.5);
        assert!((ballot.most() - 1.25).abs() < 1e-9);
        ballot.add(second, 1.25);
        assert_eq!(ballot.best_first().collect::<Vec<_>>(), [first, second]);
    }
}
