//! What `content/README.md` teaches is true: its examples pass the check, its message is what the program says, and it
//! explains every key.

use crate::parts::folder::{Folder, files, own};
use serde_json::Value;

#[test]
fn examples_are_whole_content() {
    let folder = with_examples("guide");
    let (output, problems) = folder.check();
    assert!(output.status.success(), "{problems:#?}");
    let counts = String::from_utf8(output.stdout).unwrap();
    let (_, plain) = shipped("guide-plain").check();
    assert!(plain.is_empty() && counts.contains("no problems"), "{counts}");
}

#[test]
fn the_message_is_what_the_program_says() {
    let folder = with_examples("guide-message");
    let path = "en/faq/drive-home.md";
    folder.put(path, folder.text(path).replace("\"what-happens\"", "\"what-hapens\"").as_bytes());
    let (output, _) = folder.check();
    let said = String::from_utf8(output.stderr).unwrap();
    let shown = blocks().into_iter().find(|(info, text)| info == "text" && text.contains('×')).unwrap().1;
    assert!(said.contains(shown.trim_end()), "{said}");
}

#[test]
fn excerpts_are_in_the_content() {
    let folder = shipped("guide-excerpts");
    for (info, text) in blocks() {
        if let Some(path) = info.strip_prefix("toml from ") {
            let whole = folder.text(path);
            text.lines().for_each(|line| assert!(whole.contains(line), "{path} has no {line}"));
        }
    }
}

#[test]
fn every_key_is_explained() {
    let guide = guide();
    let mut keys = Vec::new();
    for file in files(&own("../../content/schema")) {
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        collect(&schema, &mut keys);
    }
    let told = |key: &str| {
        let shapes =
            [format!("`{key}`"), format!("`{key} ="), format!("[{key}]"), format!("[{key}."), format!("{{ {key} =")];
        shapes.iter().any(|shape| guide.contains(shape)) || guide.contains(&format!("{key} = "))
    };
    keys.retain(|key| !told(key));
    assert!(keys.is_empty(), "the guide does not explain {keys:?}");
}

/// Every key below `properties`, but for the labels of the interface.
fn collect(schema: &Value, keys: &mut Vec<String>) {
    let Some(object) = schema.as_object() else {
        schema.as_array().into_iter().flatten().for_each(|item| collect(item, keys));
        return;
    };
    for (name, below) in object {
        if let Some(properties) = below.as_object().filter(|_| name == "properties") {
            keys.extend(properties.keys().cloned());
            properties.iter().filter(|(key, _)| *key != "labels").for_each(|(_, below)| collect(below, keys));
        } else {
            collect(below, keys);
        }
    }
}

/// A copy of the shipped content with every example of the guide that names its file.
fn with_examples(name: &str) -> Folder {
    let folder = shipped(name);
    let mut number = 0;
    for (info, text) in blocks() {
        match info.split_once(' ') {
            Some(("toml", path)) if !path.starts_with("from ") => {
                folder.put(path, format!("{}\n{text}", folder.text(path)).as_bytes());
                number += 1;
            }
            Some(("md", path)) => folder.put(path, text.as_bytes()),
            _ => {}
        }
    }
    assert!(number >= 5, "only {number} examples");
    folder
}

fn shipped(name: &str) -> Folder {
    let folder = Folder::empty(name);
    let content = own("../../content");
    for file in files(&content) {
        folder.put(file.strip_prefix(&content).unwrap().to_str().unwrap(), &std::fs::read(&file).unwrap());
    }
    folder
}

fn guide() -> String {
    std::fs::read_to_string(own("../../content/README.md")).unwrap()
}

/// The fenced blocks of the guide: what stands behind the fence, and the text.
fn blocks() -> Vec<(String, String)> {
    let guide = guide();
    let parts: Vec<&str> = guide.split("```").collect();
    let inside = parts.iter().skip(1).step_by(2).filter_map(|part| part.split_once('\n'));
    inside.map(|(info, text)| (info.trim().to_owned(), text.to_owned())).collect()
}
