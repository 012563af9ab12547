//! What of the document of the interface comes out of the book: which answers there are, which
//! regions, and the ages that it asks for.

use care::{FindingKind, Guideline, Role};
use serde_json::Value;

/// Fills those places.
pub(crate) fn fill(document: &mut Value, guideline: &Guideline) {
    let schemas = &mut document["components"]["schemas"];
    if let Some(FindingKind::Number { min, max, .. }) =
        guideline.with_role(Role::Age).map(|id| &guideline.finding(id).kind)
    {
        let age = &mut schemas["Profile"]["properties"]["age"];
        (age["minimum"], age["maximum"]) = ((*min).into(), (*max).into());
    }
    if let Value::Object(schemas) = schemas {
        wire::schema::fill(schemas, guideline);
    }
}
