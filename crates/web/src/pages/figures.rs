//! The pictures of the book, drawn for whoever's page shows them.

use care::{Block, BlockKind};
use figure::{Motion, draw, sign};

use crate::page_error::PageError;
use crate::response::Response;
use crate::visitor::Visitor;

/// `GET /figures/KIND/ID/STEP/still.svg`
pub(crate) fn still(visitor: &Visitor<'_>, kind: &str, id: &str, step: &str) -> Result<Response, PageError> {
    drawn(visitor, (kind, id, step), Motion::Still)
}

/// `GET /figures/KIND/ID/STEP/moving.svg`
pub(crate) fn moving(visitor: &Visitor<'_>, kind: &str, id: &str, step: &str) -> Result<Response, PageError> {
    drawn(visitor, (kind, id, step), Motion::Moving)
}

fn drawn(
    visitor: &Visitor<'_>,
    (kind, id, step): (&str, &str, &str),
    motion: Motion,
) -> Result<Response, PageError> {
    let book = visitor.guideline().book();
    let block = BlockKind::named(kind).and_then(|kind| book.block(book.find(kind, id)?));
    let pictures = block.map(care::Block::pictures).unwrap_or_default();
    let wanted = pictures.into_iter().find(|(number, _)| number.to_string() == step);
    let drawing = wanted.and_then(|(_, picture)| match block {
        Some(Block::Question(_)) => sign(book, picture),
        _ => draw(book, picture, motion),
    });
    let drawing = drawing.ok_or(PageError::NotFound)?;
    Ok(Response::with_type("image/svg+xml", drawing.svg.into_bytes()))
}

#[cfg(test)]
mod tests {
    use care::Block;

    use crate::testing::{Person, guideline};

    #[test]
    fn every_picture_of_the_book_has_an_address_and_nothing_else_has() {
        let person = Person::new();
        let mut count = 0;
        for (_, block) in guideline().book().blocks() {
            for (step, picture) in block.pictures() {
                let folder = format!("/figures/{}/{}/{step}", block.kind().id(), block.name());
                let still = person.get(&format!("{folder}/still.svg"));
                assert_eq!(still.header("content-type"), Some("image/svg+xml"), "{folder}");
                assert!(!still.text().contains("@keyframes"), "{folder}");
                let moving = person.get(&format!("{folder}/moving.svg"));
                assert_eq!(moving.text().contains("@keyframes"), 1 < picture.poses.len(), "{folder}");
                count += 1;
            }
        }
        assert!(30 <= count, "{count}");
        for path in ["/figures/remedy/nobody/1/still.svg", "/figures/rule/fever/0/still.svg"] {
            assert_eq!(person.get(path).status, 404, "{path}");
        }
    }

    #[test]
    fn a_page_shows_each_picture_with_its_alt() {
        let person = Person::with_a_plain_spasm();
        let mut shown = 0;
        for (_, block) in guideline().book().blocks() {
            let path = match block {
                Block::Remedy(remedy) => format!("/relief/{}", remedy.id),
                Block::Habit(habit) => format!("/habits/{}", habit.id),
                _ => continue,
            };
            let page = person.get(&path);
            if page.status != 200 || page.text().contains("Not for you just now") {
                continue;
            }
            for (step, picture) in block.pictures() {
                let src = format!("/figures/{}/{}/{step}/still.svg", block.kind().id(), block.name());
                let alt = picture.alt.replace('\'', "&#39;");
                let image = page.text().split("<img").find(|image| image.contains(&src));
                assert!(
                    image.is_some_and(|image| image.contains(&format!("alt=\"{alt}\""))),
                    "{path} {step}"
                );
                shown += 1;
            }
        }
        assert!(20 <= shown, "{shown}");
    }
}
