//! `#[browser_test]`, where `#[test]` would stand: the suite has a program of its own, which shares its browsers.

use proc_macro::{TokenStream, TokenTree};

/// A test of the browser suite. It may say, in this order and separated by commas:
///
/// - `chromium`: it needs Chromium's own protocol
/// - `alone`: it measures time, or waits for a worker that has to hurry, so no other runs meanwhile
/// - `verify`: it is slow and rarely breaks, so only `cargo xtask verify` runs it
#[proc_macro_attribute]
pub fn browser_test(words: TokenStream, function: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = function.clone().into_iter().collect();
    let name = tokens.windows(2).find_map(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Ident(name)] if word.to_string() == "fn" => Some(name.to_string()),
        _ => None,
    });
    let Some(name) = name else { return error("`#[browser_test]` stands before a function") };
    let mut said = [("chromium", false), ("alone", false), ("verify", false)];
    for word in words.to_string().split(',').map(str::trim).filter(|word| !word.is_empty()) {
        match said.iter_mut().find(|(known, _)| *known == word) {
            Some((_, is)) => *is = true,
            None => return error(&format!("`#[browser_test]` does not know `{word}`: chromium, alone or verify")),
        }
    }
    let [(_, chromium), (_, alone), (_, verify)] = said;
    let registered: Result<TokenStream, _> = format!(
        "::browser_tests::suite::inventory::submit! {{ ::browser_tests::suite::Test {{
            place: ::core::module_path!(), name: \"{name}\", run: {name},
            chromium: {chromium}, alone: {alone}, verify: {verify},
        }} }}"
    )
    .parse();
    match registered {
        Ok(registered) => function.into_iter().chain(registered).collect(),
        Err(reason) => error(&reason.to_string()),
    }
}

fn error(text: &str) -> TokenStream {
    format!("::core::compile_error!({text:?});").parse().unwrap_or_default()
}
