//! Keys that name something else: blocks, sources, claims. A wrong name is never ignored.

use toml::Spanned;
use toml::de::DeValue;

use super::Fields;
use crate::block::Kind;
use crate::names::Names;
use crate::problem::Spot;
use crate::suggest::did_you_mean;

impl Fields<'_, '_> {
    /// The blocks or sources that a list names; unknown ones are reported.
    pub(crate) fn references(&mut self, key: &'static str, kind: Kind, names: &Names<'_>) -> Vec<u16> {
        let texts = self.optional_texts(key);
        texts.iter().filter_map(|text| self.reference(text, kind, names)).collect()
    }

    /// The block that a text names; an unknown one is reported.
    pub(crate) fn reference(&mut self, text: &Spanned<String>, kind: Kind, names: &Names<'_>) -> Option<u16> {
        let find = |id: &str| names.blocks.find(kind, id);
        self.look_up(text, kind, find, names.blocks.ids(kind))
    }

    /// What `find` finds for a text; if that is nothing, the nearest of `ids` is suggested.
    pub(crate) fn look_up<'i, T>(
        &mut self,
        text: &Spanned<String>,
        kind: Kind,
        find: impl FnOnce(&str) -> Option<T>,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Option<T> {
        let (id, kind) = (text.get_ref(), kind.id());
        let found = find(id);
        if found.is_none() {
            let help = did_you_mean(id, ids, format!("add a block `[{kind}.{id}]`, or use another"));
            self.problem(text.span(), format!("there is no {kind} `{id}`"), help);
        }
        found
    }

    /// The sources that a list names.
    pub(crate) fn optional_sources(&mut self, names: &Names<'_>) -> Vec<care::SourceId> {
        self.sources_under("sources", names)
    }

    /// The sources that a list under this key names: each by its id, or as
    /// `{ source = "...", at = "1.1.2" }`. One that is named twice is reported.
    pub(crate) fn sources_under(&mut self, key: &'static str, names: &Names<'_>) -> Vec<care::SourceId> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, "a list of sources", value);
            return Vec::new();
        };
        let mut sources = Vec::new();
        for item in list {
            let Some(source) = self.citation(key, item, names) else { continue };
            if sources.contains(&source) {
                let name =
                    item.get_ref().as_str().map_or("this source".to_owned(), |name| format!("`{name}`"));
                let message = format!("{name} is listed twice under `{key}`");
                self.problem(self.span(item), message, "list each one once");
            } else {
                sources.push(source);
            }
        }
        sources
    }

    /// A source, or a place in one.
    fn citation(
        &mut self,
        key: &str,
        item: &Spanned<DeValue<'_>>,
        names: &Names<'_>,
    ) -> Option<care::SourceId> {
        let Some(table) = item.get_ref().as_table() else {
            let text = self.as_text(key, item)?;
            return self.source(&text, names);
        };
        let spot = Spot { file: self.file, span: self.span(item) };
        let mut fields = Fields::of_table(table, spot, self.start, "the citation".to_owned(), self.log);
        fields.is_silent = self.is_silent;
        let at = fields.text("at");
        if !fields.has("source") {
            fields.missing("source", "add `source = \"...\"`, an id of sources.toml");
        }
        let text = fields.optional_text("source");
        let source = text.and_then(|text| fields.source(&text, names));
        fields.finish();
        source.map(|source| names.cite(source, at))
    }

    /// The source that a text names; an unknown one is reported.
    pub(crate) fn source(&mut self, text: &Spanned<String>, names: &Names<'_>) -> Option<care::SourceId> {
        let id = text.get_ref();
        let source = names.source(id);
        if source.is_none() {
            let ids = names.sources.iter().map(|source| source.id.as_str());
            let help = did_you_mean(id, ids, "list it in sources.toml");
            self.problem(text.span(), format!("there is no source `{id}`"), help);
        }
        source
    }

    /// The sources of something that needs at least one.
    pub(crate) fn sources(&mut self, names: &Names<'_>) -> Vec<care::SourceId> {
        let is_empty =
            |value: &Spanned<DeValue<'_>>| value.get_ref().as_array().is_some_and(|list| list.is_empty());
        if self.keys.get("sources").is_none_or(is_empty) {
            let help =
                "add `sources = [\"...\"]`; `clinical_knowledge` and `design_judgement` are sources too";
            self.problem_at_header(format!("{} has no source", self.name), help);
        }
        self.optional_sources(names)
    }

    /// The claims that a list names; unknown ones are reported.
    pub(crate) fn claims(&mut self, names: &Names<'_>) -> Vec<String> {
        let texts = self.optional_texts("claims");
        let mut claims: Vec<String> = Vec::new();
        for text in texts {
            let id = text.get_ref();
            if names.claims.find(id).is_none() {
                let help = did_you_mean(id, names.claims.ids(), "list it in claims.tsv");
                self.problem(text.span(), format!("there is no claim `{id}`"), help);
            } else {
                claims.push(text.into_inner());
            }
        }
        claims
    }
}
