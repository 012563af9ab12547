//! Lists of words as one text in a file, for `#[serde(with = "lines")]`: each ends with the end of
//! a line. A packer finds what many of them share; a length before each would hide it, and
//! makes the words of the book a sixth larger.

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::Error};

pub(crate) fn serialize<S: Serializer>(list: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    if list.iter().any(|line| line.contains('\n')) {
        return Err(S::Error::custom("a word holds the end of a line"));
    }
    list.iter().flat_map(|line| [line, "\n"]).collect::<String>().serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    Ok(text.split_terminator('\n').map(ToOwned::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Listed(#[serde(with = "super")] Vec<String>);

    #[test]
    fn a_list_is_the_same_again_also_with_nothing_in_it() {
        for list in [&[][..], &[""], &["", ""], &["sore back", "", "=back"]] {
            let listed = Listed(list.iter().map(|line| (*line).to_owned()).collect());
            let bytes = postcard::to_allocvec(&listed).unwrap();
            assert_eq!(postcard::from_bytes::<Listed>(&bytes).unwrap(), listed);
        }
        assert!(postcard::to_allocvec(&Listed(vec!["sore\nback".to_owned()])).is_err());
    }
}
