//! Views as text.

use leptos::prelude::*;

/// Stands for what an app that took over the markup would look for. Ours draws its own, and text has `&lt;` for `<`.
const MARK: &str = "<!>";

/// The markup of a view.
pub fn render<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().to_html()).replace(MARK, "")
}

#[cfg(test)]
mod tests {
    use crate::markup::render;
    use leptos::prelude::*;

    #[test]
    fn text_is_kept_and_marks_are_not() {
        let text = "a <!> b".to_owned();
        let html = render(|| view! { <p>{text}</p><p>{None::<String>}</p><p>{vec!["1", "2"]}</p> });
        assert_eq!(html, "<p>a &lt;!&gt; b</p><p></p><p>12</p>");
    }
}
