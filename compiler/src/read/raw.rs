//! Signs of Markdown that stand in a text as they are written: nobody turns them into anything there.

use crate::read::said::Said;

/// What begins something in Markdown, in what is called after it, or in HTML, and is no part of a sentence.
const SIGNS: &[&str] =
    &["**", "__", "~~", "==", "$$", "||", "](", "[^", "[ ]", "[x]", "[[", "]]", "{#", ":::", "<!--", "`", "|", "\\"];

/// Reports them, once for each text.
pub fn hold(said: &[Said]) {
    for part in said.iter().flat_map(|text| &text.parts) {
        let sign = SIGNS.iter().find(|sign| part.value.contains(**sign)).map(ToString::to_string);
        if let Some(sign) = sign.or_else(|| tag(&part.value)).or_else(|| entity(&part.value)) {
            part.at.report(
                format!("`{sign}` stands here as it is written: nothing is made of it"),
                "Take it away. In the text of an FAQ answer or a page, paragraphs, ## headings, lists, **bold** and links can be \
                 shown; elsewhere words alone.",
            );
        }
    }
}

/// What looks like a tag of HTML.
fn tag(text: &str) -> Option<String> {
    let rest = text
        .split('<')
        .skip(1)
        .find(|rest| rest.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '/'))?;
    Some(format!("<{}>", rest.split([' ', '\n', '>']).next().unwrap_or_default()))
}

/// What looks like a letter by its name, such as `&nbsp;`.
fn entity(text: &str) -> Option<String> {
    let name = |rest: &&str| {
        rest.split_once(';').is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '#')
        })
    };
    let rest = text.split('&').skip(1).find(name)?;
    Some(format!("&{};", rest.split(';').next().unwrap_or_default()))
}
