//! Whom to call where.

use serde::{Deserialize, Serialize};

use crate::book::ids::SourceId;
use crate::book::place::Place;

/// Whom to call in one part of the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Its name in the data: `us`.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Country or area.
    pub name: String,
    /// The emergency number.
    pub emergency: String,
    /// A line for health advice.
    pub advice: Option<String>,
    /// A line for people in a crisis.
    pub crisis: Option<String>,
    /// A line for poisoning.
    pub poison: Option<String>,
    /// Whom to call in pregnancy and after a birth.
    pub maternity: Option<String>,
    /// A line for people who are hurt or threatened by someone close to them.
    pub abuse: Option<String>,
    /// Where the numbers are taken from.
    pub sources: Vec<SourceId>,
}

impl Region {
    /// The id of the region of whoever has chosen none; every book has it.
    pub const ANYWHERE: &str = "anywhere";

    /// The number of a line, where the region has one.
    pub fn line(&self, line: HelpLine) -> Option<&str> {
        match line {
            HelpLine::Crisis => self.crisis.as_deref(),
            HelpLine::Poison => self.poison.as_deref(),
            HelpLine::Maternity => self.maternity.as_deref(),
            HelpLine::Abuse => self.abuse.as_deref(),
        }
    }
}

/// A telephone line for one kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HelpLine {
    /// For people in a crisis.
    Crisis,
    /// For poisoning and overdoses.
    Poison,
    /// For people who are pregnant or have just given birth.
    Maternity,
    /// For people who are hurt or threatened by someone close to them.
    Abuse,
}

impl HelpLine {
    /// Every line.
    pub const ALL: [Self; 4] = [Self::Crisis, Self::Poison, Self::Maternity, Self::Abuse];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Crisis => "crisis",
            Self::Poison => "poison",
            Self::Maternity => "maternity",
            Self::Abuse => "abuse",
        }
    }

    /// What a person reads before the number.
    pub fn title(self) -> &'static str {
        match self {
            Self::Crisis => "Crisis line, to talk to someone now",
            Self::Poison => "Poison line",
            Self::Maternity => "Maternity unit",
            Self::Abuse => "Someone to talk to, in private",
        }
    }
}
