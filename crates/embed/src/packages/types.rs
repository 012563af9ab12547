//! The types of what goes in and comes out, for TypeScript and for Python, written from the same
//! schemas as the document of the HTTP service: no list of them is kept by hand.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use care::Guideline;
use serde_json::{Map, Value};
use utoipa::OpenApi;
use wire::{Assessed, BookVersion, Dose, DoseCheck, Explained, Fault, Questions, ToAsk, Verified};

/// A language with types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// A declaration file.
    TypeScript,
    /// A module of `TypedDict`s, for Python 3.9.
    Python,
}

#[derive(OpenApi)]
#[openapi(components(schemas(
    Assessed<'static>,
    BookVersion<'static>,
    Dose,
    DoseCheck<'static>,
    Explained<'static>,
    Fault,
    Questions<'static>,
    ToAsk<'static>,
    Verified
)))]
struct Schemas;

/// Every type that the packages speak of.
pub(super) fn types(guideline: &Guideline, language: Language) -> String {
    // Types of ours, which can be written.
    let mut document = serde_json::to_value(Schemas::openapi()).unwrap_or_default();
    let Value::Object(mut schemas) = document["components"]["schemas"].take() else { return String::new() };
    wire::schema::fill(&mut schemas, guideline);
    let mut text = match language {
        Language::TypeScript => String::new(),
        Language::Python => String::from(
            "\"\"\"What goes in and comes out.\"\"\"\n\nfrom __future__ import annotations\n\n\
             from typing import Any, Dict, List, Literal, Optional, TypedDict, Union\n",
        ),
    };
    for name in in_order(&schemas) {
        text.push_str(&language.declared(&name, &schemas[&name]));
    }
    text
}

/// The names, each behind those that it is made of: Python reads from above.
fn in_order(schemas: &Map<String, Value>) -> Vec<String> {
    fn put(name: &str, schemas: &Map<String, Value>, seen: &mut BTreeSet<String>, order: &mut Vec<String>) {
        if let Some(schema) = schemas.get(name).filter(|_| seen.insert(name.to_owned())) {
            let bases = schema["allOf"].as_array().into_iter().flatten();
            for base in bases.filter_map(reference) {
                put(base, schemas, seen, order);
            }
            order.push(name.to_owned());
        }
    }
    let (mut seen, mut order) = (BTreeSet::new(), Vec::new());
    for name in schemas.keys() {
        put(name, schemas, &mut seen, &mut order);
    }
    order
}

/// The name that a schema refers to.
fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// What goes in: there a field that may be null may also be left out.
const REQUESTS: [&str; 2] = ["Dose", "Logged"];

/// A field of an object: its name, its schema, and whether it is always there.
fn fields<'s>(of: &str, schema: &'s Value) -> Vec<(&'s String, &'s Value, bool)> {
    let is_told = !REQUESTS.contains(&of);
    let is_required = |(name, of): &(&String, &Value)| {
        let required = schema["required"].as_array().into_iter().flatten();
        required.clone().any(|other| other == *name) || is_told && may_be_null(of)
    };
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.map(|field| (field.0, field.1, is_required(&field))).collect()
}

/// Whether null is one of its values.
fn may_be_null(schema: &Value) -> bool {
    let is_null = |of: &Value| of == "null" || of["type"] == "null";
    let kinds = schema["type"].as_array().into_iter().flatten();
    kinds.chain(schema["oneOf"].as_array().into_iter().flatten()).any(is_null)
}

impl Language {
    /// A type with its name.
    fn declared(self, name: &str, schema: &Value) -> String {
        let parts = schema["allOf"].as_array().map_or_else(|| vec![schema], |parts| parts.iter().collect());
        let bases: Vec<&str> = parts.iter().copied().filter_map(reference).collect();
        let own: Vec<_> = parts.iter().flat_map(|part| fields(name, part)).collect();
        let about = schema["description"].as_str().unwrap_or_default();
        match (self, own.is_empty() && bases.is_empty()) {
            (Self::TypeScript, true) => {
                format!("\n{}export type {name} = {};\n", comment(about, ""), self.named(schema))
            }
            (Self::TypeScript, false) => {
                let of =
                    if bases.is_empty() { String::new() } else { format!(" extends {}", bases.join(", ")) };
                let mut text = format!("\n{}export interface {name}{of} {{\n", comment(about, ""));
                for (field, of, is_required) in own {
                    text += &comment(of["description"].as_str().unwrap_or_default(), "  ");
                    let mark = if is_required { "" } else { "?" };
                    // Writing to a text cannot fail.
                    let _ = writeln!(text, "  {field}{mark}: {};", self.named(of));
                }
                text + "}\n"
            }
            (Self::Python, true) => format!("\n{name} = {}\n", self.named(schema)),
            (Self::Python, false) => python_class(name, about, &bases, own),
        }
    }

    /// What a schema is called in the place of a type.
    fn named(self, schema: &Value) -> String {
        if let Some(name) = reference(schema) {
            return name.to_owned();
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.one_of_values(values);
        }
        if !schema["const"].is_null() {
            return self.one_of_values(std::slice::from_ref(&schema["const"]));
        }
        let any = schema["oneOf"].as_array().or(schema["anyOf"].as_array());
        if let Some(any) = any {
            return self.one_of(any.iter().map(|one| self.named(one)).collect());
        }
        match &schema["type"] {
            Value::Array(kinds) => {
                let kinds = kinds.iter().filter_map(Value::as_str);
                self.one_of(kinds.map(|kind| self.plain(kind, schema)).collect())
            }
            kind => self.plain(kind.as_str().unwrap_or_default(), schema),
        }
    }

    fn plain(self, kind: &str, schema: &Value) -> String {
        let inner = |of: &str| self.named(&schema[of]);
        match (self, kind) {
            (Self::TypeScript, "boolean") => "boolean".to_owned(),
            (Self::TypeScript, "integer" | "number") => "number".to_owned(),
            (Self::TypeScript, "string") => "string".to_owned(),
            (Self::TypeScript, "null") => "null".to_owned(),
            (Self::TypeScript, "array") => format!("Array<{}>", inner("items")),
            (Self::TypeScript, "object") if schema["additionalProperties"].is_object() => {
                format!("Record<string, {}>", inner("additionalProperties"))
            }
            (Self::TypeScript, "object") => "Record<string, unknown>".to_owned(),
            (Self::TypeScript, _) => "unknown".to_owned(),
            (Self::Python, "boolean") => "bool".to_owned(),
            (Self::Python, "integer") => "int".to_owned(),
            (Self::Python, "number") => "float".to_owned(),
            (Self::Python, "string") => "str".to_owned(),
            (Self::Python, "null") => "None".to_owned(),
            (Self::Python, "array") => format!("List[{}]", inner("items")),
            (Self::Python, "object") if schema["additionalProperties"].is_object() => {
                format!("Dict[str, {}]", inner("additionalProperties"))
            }
            (Self::Python, "object") => "Dict[str, Any]".to_owned(),
            (Self::Python, _) => "Any".to_owned(),
        }
    }

    fn one_of(self, mut names: Vec<String>) -> String {
        // What it is comes before that it may be nothing.
        names.sort_by_key(|name| matches!(name.as_str(), "null" | "None"));
        match (self, names.as_slice()) {
            (Self::TypeScript, names) => names.join(" | "),
            (Self::Python, [one, none]) if none == "None" => format!("Optional[{one}]"),
            (Self::Python, names) => format!("Union[{}]", names.join(", ")),
        }
    }

    fn one_of_values(self, values: &[Value]) -> String {
        let written = values.iter().map(|value| match (self, value) {
            (Self::Python, Value::Bool(true)) => "True".to_owned(),
            (Self::Python, Value::Bool(false)) => "False".to_owned(),
            _ => value.to_string(),
        });
        let written: Vec<String> = written.collect();
        match self {
            Self::TypeScript => written.join(" | "),
            Self::Python => format!("Literal[{}]", written.join(", ")),
        }
    }
}

/// What may be left out is a class of its own, which Python 3.9 needs.
fn python_class(name: &str, about: &str, bases: &[&str], own: Vec<(&String, &Value, bool)>) -> String {
    let (always, perhaps): (Vec<_>, Vec<_>) = own.into_iter().partition(|(.., is_required)| *is_required);
    let class = |name: &str, bases: &str, about: &str, fields: &[(&String, &Value, bool)]| {
        let mut text = format!("\n\nclass {name}({bases}):\n    \"\"\"{about}\"\"\"\n\n");
        for (field, of, _) in fields {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "    {field}: {}", Language::Python.named(of));
            if let Some(about) = of["description"].as_str() {
                let _ = writeln!(text, "    {}", quoted(about));
            }
        }
        text
    };
    let bases = if bases.is_empty() { "TypedDict".to_owned() } else { bases.join(", ") };
    if perhaps.is_empty() {
        return class(name, &bases, about, &always);
    }
    if always.is_empty() {
        return class(name, &format!("{bases}, total=False"), about, &perhaps);
    }
    let part = format!("_{name}");
    let base = class(&part, &bases, &format!("What is always there of `{name}`."), &always);
    base + &class(name, &format!("{part}, total=False"), about, &perhaps)
}

/// A sentence as a text of Python.
fn quoted(text: &str) -> String {
    format!("\"\"\"{}\"\"\"", text.replace('\\', "\\\\").replace('"', "'"))
}

fn comment(text: &str, indent: &str) -> String {
    let text = text.replace("*/", "* /").replace('\n', " ");
    if text.is_empty() { String::new() } else { format!("{indent}/** {text} */\n") }
}
