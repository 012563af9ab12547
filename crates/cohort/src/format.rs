//! What is in a file, by its name.

use std::path::Path;

/// In what form records come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A table with commas, its first line naming the columns.
    Csv,
    /// An object a line: flat, or a `QuestionnaireResponse`.
    Json,
    /// Parquet.
    Parquet,
    /// Arrow IPC, as a file.
    Arrow,
    /// Planes that an earlier run kept.
    Planes,
}

impl Format {
    /// What the name of a file says.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Csv),
            "ndjson" | "jsonl" => Some(Self::Json),
            "parquet" => Some(Self::Parquet),
            "arrow" | "ipc" | "feather" => Some(Self::Arrow),
            "planes" => Some(Self::Planes),
            _ => None,
        }
    }
}
