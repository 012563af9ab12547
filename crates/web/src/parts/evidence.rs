//! What studies say of each line of a list, said once where most lines share it.

use care::Strength;

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
    fn what_most_share_is_said_once_and_the_others_say_their_own() {
        let most = of_most([Strength::Untested, Strength::Helps, Strength::Untested]);
        assert_eq!(most, Some(Strength::Untested));
        assert_eq!(of_one(Strength::Untested, most), None);
        assert_eq!(of_one(Strength::Helps, most), Some("tested: helps"));
        assert_eq!(of_most([Strength::Helps, Strength::NoHelp]), None);
        assert_eq!(of_one(Strength::Helps, None), Some("tested: helps"));
    }
}
