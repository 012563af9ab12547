//! The resources of a document, each under a name of its own.

use care::hex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The resources of a document so far.
pub(crate) struct Entries {
    /// Names are made from this, so that one hand-off has the same names each time.
    seed: String,
    list: Vec<Value>,
}

impl Entries {
    /// None yet.
    pub(crate) fn new(seed: String) -> Self {
        Self { seed, list: Vec::new() }
    }

    /// All of them, the one that says how the document is read before the others.
    pub(crate) fn composition_first(self) -> Vec<Value> {
        let mut list = self.list;
        if let Some(place) = list.iter().position(|entry| entry["resource"]["resourceType"] == "Composition")
        {
            list[..=place].rotate_right(1);
        }
        list
    }

    fn name(&self, what: &str) -> String {
        let hash = hex(&Sha256::digest(format!("{} {what}", self.seed)));
        // A UUID of version 8: one whose bits are the maker's own.
        format!("{}-{}-8{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
    }

    /// How to refer to what `add` puts in under this name, now or later.
    pub(crate) fn reference(&self, what: &str) -> Value {
        json!({ "reference": format!("urn:uuid:{}", self.name(what)) })
    }

    /// Puts a resource in under a name that no other has; how to refer to it.
    pub(crate) fn add(&mut self, what: &str, kind: &str, resource: Value) -> Value {
        let id = self.name(what);
        let mut whole = json!({ "resourceType": kind, "id": id });
        if let (Some(whole), Value::Object(resource)) = (whole.as_object_mut(), resource) {
            whole.extend(resource);
        }
        self.list.push(json!({ "fullUrl": format!("urn:uuid:{id}"), "resource": whole }));
        self.reference(what)
    }
}
