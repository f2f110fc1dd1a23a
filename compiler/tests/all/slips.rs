//! Slips of people who edit the content: what they are told leads to the mend, and to nothing else.

use crate::parts::changed::{change, shipped};
use crate::parts::folder::{Folder, files};
use std::path::Path;

/// What the program says of a folder, and of which files.
fn told(folder: &Folder) -> (String, Vec<String>) {
    let (output, problems) = folder.check();
    let paths = problems.into_iter().map(|problem| problem.path).collect();
    (String::from_utf8(output.stderr).unwrap().split_whitespace().collect::<Vec<_>>().join(" "), paths)
}

#[test]
fn a_file_that_cannot_be_read_is_one_problem_whichever_it_is() {
    let folder = shipped("slips-broken");
    let mut wrong = Vec::new();
    for file in files(Path::new(folder.path())) {
        let path = file.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
        let text = folder.maybe_text(&path).unwrap_or_default();
        let broken = match path.rsplit('.').next() {
            Some("toml") => format!("{text}\nbroken = \"a text that does not end\nnext = 1\n"),
            Some("md") if text.starts_with("+++") => text.replacen("title = \"", "title = ", 1),
            _ => continue,
        };
        folder.put(&path, broken.as_bytes());
        let (screen, paths) = told(&folder);
        if paths != [path.clone()] {
            wrong.push(format!("{path}: {paths:?}\n{screen}"));
        }
        folder.put(&path, text.as_bytes());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_no_toml_is_told_with_how_to_mend_it() {
    for (old, new, help) in [
        ("title = \"Check", "title = “Check", "straight quotes"),
        ("lead = \"This check", "lead = \"This \"big\" check", "A quote within a text is written \\\""),
        ("lead = \"This check", "lead = \"This\ncheck", "on the same line"),
        ("title = \"Check", "title = \"One\"\ntitle = \"Check", "stands in line"),
    ] {
        let folder = shipped("slips-toml");
        change(&folder, "en/suitability.toml", old, new);
        let (screen, paths) = told(&folder);
        assert!(screen.contains(help), "{help}: {screen}");
        assert_eq!(paths, ["en/suitability.toml"], "{screen}");
    }
    let folder = shipped("slips-day");
    let text = folder.text("aftercare/questions.toml");
    let day = text.lines().find_map(|line| line.strip_prefix("review_by = ")).unwrap();
    folder.put("aftercare/questions.toml", text.replace(day, "30.11.2027").as_bytes());
    let (screen, _) = told(&folder);
    assert!(screen.contains("review_by = 2027-11-30"), "{screen}");
    assert!(!screen.contains("expected nothing"), "{screen}");
}

#[test]
fn a_clinic_is_told_what_to_write() {
    for (line, help) in [
        ("country = \"UK\"", "Write country = \"GB\""),
        ("name = \"A\"\nphone = \"+49 (0)30 123456\"", "Take ( ) and what is in them away"),
        ("name = \"A\"\nphone = \"+44 20 x946 0000\"", "Take `x` away"),
        ("name = \"A\"\nphone = \"999\"", "It has 3 digits"),
        ("name = \"A\"\n[colours]\naccent = \"#0a5\"", "accent = \"#00aa55\""),
        ("name = \"A\"\n[colours]\naccent = \"green\"", "six digits from 0 to 9 and a to f"),
        ("storage = \"tablet\"", "such as a tablet, write \"none\""),
        ("name = \"A\"\nbooking = \"https://book.example/?clinic=7\"", "Make a page on your own site"),
        ("name = \"A\"\n[colours]\nexit = true", "Move it above [colours]"),
        ("name = \"The Dysport Rooms\"", "prescription medicine"),
    ] {
        let folder = shipped("slips-clinic");
        folder.put("clinic.toml", format!("{line}\n").as_bytes());
        let (screen, _) = told(&folder);
        assert!(screen.contains(help), "{line}: {screen}");
        assert!(!screen.contains("Did you mean `tab`"), "{screen}");
    }
}

#[test]
fn the_clinic_that_was_read_is_named_and_a_file_that_is_not_read_is_told() {
    let folder = shipped("slips-stray");
    let said = |folder: &Folder| String::from_utf8(folder.check().0.stdout).unwrap();
    assert!(said(&folder).contains("clinic: none\n"), "{}", said(&folder));
    folder.put("clinic.toml", b"name = \"Brook Street\"\nexit = false\n[colours]\naccent = \"#0f5e63\"\n");
    assert!(said(&folder).contains("clinic: Brook Street, 3 settings\n"), "{}", said(&folder));
    folder.put("clinic.toml", b"storage = \"none\"\n");
    assert!(said(&folder).contains("clinic: without a name, 1 setting\n"), "{}", said(&folder));
    let strays = [
        ("clinic.toml.txt", "clinic.toml.txt"),
        ("Clinic.toml", "Clinic.toml"),
        ("clinc.toml", "clinc.toml"),
        ("microneedling/questions.toml", "microneedling"),
        ("de/site.toml", "de"),
        ("en/faqs/what-now.md", "en/faqs"),
        ("suitability/rule.toml", "suitability/rule.toml"),
    ];
    for (file, told_of) in strays {
        folder.put(file, b"");
        let (screen, paths) = told(&folder);
        assert_eq!(paths, [told_of], "{screen}");
        std::fs::remove_file(Path::new(folder.path()).join(file)).unwrap();
        if told_of != file {
            std::fs::remove_dir(Path::new(folder.path()).join(told_of)).unwrap();
        }
    }
    // What lies beside a logo, or is an editor's, is nobody's business.
    for file in ["old-logo.svg", ".site.toml.swp", "rules.toml~"] {
        folder.put(file, b"");
    }
    assert!(folder.check().0.status.success());
}

#[test]
fn numbers_in_words_are_those_of_the_content() {
    for (file, place, words) in [
        ("en/site.toml", "About {MINUTES} minutes.", "About 8 minutes."),
        ("en/site.toml", "About {AFTERCARE_MINUTES} minutes.", "About two minutes."),
        ("en/site.toml", "about {PAPER_MINUTES} minutes", "about 90 minutes"),
        ("en/site.toml", "up to {ASKED_AGAIN} questions again", "up to nine questions again"),
        ("en/site.toml", "on this device for {DAYS_KEPT} days", "on this device for 30 days"),
        ("en/site.toml", "older than {DAYS_KEPT} days", "older than 8 days"),
        ("en/suitability.toml", "about {MINUTES} minutes", "about 8 minutes"),
        ("en/aftercare.toml", "about {MINUTES} minutes", "about 2 minutes"),
        ("en/pages/privacy.md", "for {DAYS_KEPT} days", "for 14 days"),
    ] {
        let folder = shipped("slips-numbers");
        change(&folder, file, place, words);
        let (screen, paths) = told(&folder);
        assert_eq!(paths, [file], "{words}: {screen}");
        assert!(screen.contains("the program fills in the number"), "{words}: {screen}");
    }
}

#[test]
fn every_rule_that_nobody_stands_behind_is_named() {
    let folder = shipped("slips-agreed");
    let said = String::from_utf8(folder.check().0.stdout).unwrap();
    let hash = said.split("hash = \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let line = said.lines().find_map(|line| line.strip_prefix("  of low confidence without agreed_by: ")).unwrap();
    folder.put("review.toml", format!("[[signature]]\nhash = \"{hash}\"\nby = \"Dr A\"\non = 2026-11-30\n").as_bytes());
    let (screen, _) = told(&folder);
    let rules: Vec<&str> = line.split(", ").collect();
    assert!(rules.len() > 2);
    for rule in rules {
        assert!(screen.contains(rule), "{rule}: {screen}");
    }
    assert!(screen.contains("mesocheck dossier"), "{screen}");
}
