//! How fast a decision is.
fn main() {}
