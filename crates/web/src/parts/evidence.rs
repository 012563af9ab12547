//! What studies say of each line of a list: said once where most lines share it, or by groups of
//! them, best first.

use care::{Strength, sentence_case};
use tell::{Message, strength_meaning};

/// The lines of which studies say the same.
pub(crate) struct OfStrength<L> {
    /// `Tested: helps`.
    pub(crate) title: String,
    pub(crate) means: Message<'static>,
    pub(crate) lines: Vec<L>,
    /// Some study found a gain, or the lines are all there are.
    pub(crate) is_first: bool,
}

impl<L> OfStrength<L> {
    /// The same of what each line is made into.
    pub(crate) fn map<M>(self, line: impl FnMut(L) -> M) -> OfStrength<M> {
        let Self { title, means, lines, is_first } = self;
        OfStrength { title, means, lines: lines.into_iter().map(line).collect(), is_first }
    }
}

/// Lines in groups by what studies say of them, best first; in a group they keep their order.
pub(crate) fn by_strength<L>(lines: Vec<L>, of: impl Fn(&L) -> Strength) -> Vec<OfStrength<L>> {
    let mut rest = lines;
    let mut groups: Vec<OfStrength<L>> = Vec::new();
    for strength in Strength::ALL {
        let (own, others): (Vec<L>, Vec<L>) = rest.into_iter().partition(|line| of(line) == strength);
        rest = others;
        if !own.is_empty() {
            let is_first = groups.is_empty() || matches!(strength, Strength::Helps | Strength::MayHelp);
            let title = sentence_case(strength.words());
            groups.push(OfStrength { title, means: strength_meaning(strength), lines: own, is_first });
        }
    }
    groups
}

/// What studies say of most of them; none where no two are alike.
pub(crate) fn of_most(all: impl IntoIterator<Item = Strength>) -> Option<Strength> {
    let all: Vec<Strength> = all.into_iter().collect();
    let times = |strength: Strength| all.iter().filter(|other| **other == strength).count();
    let most = Strength::ALL.into_iter().max_by_key(|strength| times(*strength))?;
    (times(most) > 1).then_some(most)
}

/// What a line says of itself: nothing where it is as most of them are.
pub(crate) fn of_one(strength: Strength, most: Option<Strength>) -> Option<&'static str> {
    (most != Some(strength)).then(|| strength.words())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_helps_stands_first_and_each_group_keeps_its_order() {
        use Strength::{Helps, MayHelp, NoHelp, Untested};
        let lines = vec![(1, Untested), (2, Helps), (3, NoHelp), (4, Untested), (5, MayHelp)];
        let groups = by_strength(lines, |(_, strength)| *strength);
        let order: Vec<i32> = groups.iter().flat_map(|group| &group.lines).map(|(id, _)| *id).collect();
        assert_eq!(order, [2, 5, 1, 4, 3]);
        let first: Vec<bool> = groups.iter().map(|group| group.is_first).collect();
        assert_eq!(first, [true, true, false, false]);
        assert_eq!(groups[0].title, "Tested: helps");
    }

    #[test]
    fn what_most_share_is_said_once_and_the_others_say_their_own() {
        let most = of_most([Strength::Untested, Strength::Helps, Strength::Untested]);
        assert_eq!(most, Some(Strength::Untested));
        assert_eq!(of_one(Strength::Untested, most), None);
        assert_eq!(of_one(Strength::Helps, most), Some("tested: helps"));
        assert_eq!(of_most([Strength::Helps, Strength::NoHelp]), None);
        assert_eq!(of_one(Strength::Helps, None), Some("tested: helps"));
    }
}
