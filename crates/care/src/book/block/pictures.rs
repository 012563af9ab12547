//! The pictures of a block, by the step that they belong to.

use super::Block;
use crate::book::pose::Picture;
use crate::book::remedy::RemedyStep;

impl<'b> Block<'b> {
    /// Its pictures in order, each with the number of its step or its card; that of the whole has 0.
    pub fn pictures(self) -> Vec<(usize, &'b Picture)> {
        match self {
            Self::Remedy(remedy) => of_advice(remedy.picture.as_ref(), &remedy.steps),
            Self::Question(question) => {
                (1..).zip(&question.cards).map(|(number, card)| (number, &card.picture)).collect()
            }
            Self::Habit(habit) => of_advice(habit.picture.as_ref(), &habit.steps),
            _ => Vec::new(),
        }
    }
}

fn of_advice<'b>(whole: Option<&'b Picture>, steps: &'b [RemedyStep]) -> Vec<(usize, &'b Picture)> {
    let steps = (1..).zip(steps).filter_map(|(number, step)| Some((number, step.picture.as_ref()?)));
    whole.map(|picture| (0, picture)).into_iter().chain(steps).collect()
}
