//! What commands write: it takes the place of what they made before, and of nothing else.

use crate::parts::changed::{change, shipped};
use crate::parts::folder::{Folder, files};
use crate::parts::program::{complaint, content, mesocheck, said};
use std::fs;
use std::path::Path;

/// A workshop with the app and the public files of a site.
fn workshop(name: &str) -> Folder {
    let folder = Folder::empty(name);
    folder.put("app/island.js", b"let glue;");
    folder.put("app/island_bg.wasm", b"\0asm\x01\0\0\0");
    folder.put("public/icon.svg", include_bytes!("../../../public/icon.svg"));
    folder
}

fn words<'a>(workshop: &'a Folder, command: &'a str, content: &'a str, out: &'a str) -> Vec<String> {
    let app = format!("{}/app", workshop.path());
    let mut words = vec!["--content", content, command, "--app", &app, "--out", out];
    let public = format!("{}/public", workshop.path());
    if command == "site" {
        words.extend(["--no-twins", "--public", &public]);
    }
    words.into_iter().map(str::to_owned).collect()
}

fn site(workshop: &Folder, content: &str, out: &str) -> String {
    said(&words(workshop, "site", content, out).iter().map(String::as_str).collect::<Vec<_>>(), "")
}

fn no_site(workshop: &Folder, out: &str) -> String {
    let tiny = Folder::tiny("output-no-site");
    complaint(&words(workshop, "site", tiny.path(), out).iter().map(String::as_str).collect::<Vec<_>>(), "")
}

#[test]
fn a_folder_of_somebody_else_is_left_alone_and_what_is_in_it_is_named() {
    let workshop = workshop("output-other");
    let out = format!("{}/www", workshop.path());
    // A page that every site has, and a list of sums that somebody else has made.
    for (file, text) in [("404.html", "mine"), ("index.php", "mine"), ("en/faq/index.html", "mine"), ("SHA256SUMS", "")]
    {
        workshop.put(&format!("www/{file}"), text.as_bytes());
    }
    let told = no_site(&workshop, &out);
    for name in ["404.html", "index.php", "en/faq/index.html"] {
        assert!(told.contains(name), "{told}");
        assert_eq!(workshop.text(&format!("www/{name}")), "mine");
    }
    let told = no_site(&workshop, &format!("{}/www/index.php", workshop.path()));
    assert!(told.contains("is no folder"), "{told}");
}

#[test]
fn what_somebody_put_into_a_site_stays_there_and_is_said() {
    let workshop = workshop("output-kept");
    let (tiny, out) = (Folder::tiny("output-kept-content"), format!("{}/www", workshop.path()));
    site(&workshop, tiny.path(), &out);
    for (file, text) in
        [(".htaccess", "rules"), ("_headers", "rules"), ("en/own/page.html", "own"), (".git/HEAD", "ref")]
    {
        workshop.put(&format!("www/{file}"), text.as_bytes());
    }
    fs::create_dir(Path::new(&out).join("empty")).unwrap();
    fs::remove_file(Path::new(&out).join("en/faq/index.html")).unwrap();
    let text = tiny.text("en/faq/what-is-it.md");
    tiny.put("en/faq/another.md", text.replacen("order = ", "order = 9", 1).as_bytes());
    let told = site(&workshop, tiny.path(), &out);
    assert!(told.contains(".htaccess") && told.contains("en/own/page.html"), "{told}");
    for (file, text) in
        [(".htaccess", "rules"), ("_headers", "rules"), ("en/own/page.html", "own"), (".git/HEAD", "ref")]
    {
        assert_eq!(workshop.text(&format!("www/{file}")), text);
    }
    assert!(Path::new(&out).join("empty").is_dir());
    assert!(workshop.maybe_text("www/en/faq/another/index.html").is_some());
    assert!(workshop.maybe_text("www/en/faq/index.html").is_some(), "what was ours and lost is made again");
    tiny.remove("en/faq/another.md");
    site(&workshop, tiny.path(), &out);
    assert!(workshop.maybe_text("www/en/faq/another/index.html").is_none(), "what was ours goes");
    assert_eq!(workshop.text("www/.htaccess"), "rules");
    let beside: Vec<_> = fs::read_dir(workshop.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 3, "nothing is left beside it: {beside:?}");
}

#[test]
fn what_somebody_changed_in_a_site_is_not_replaced() {
    let workshop = workshop("output-changed");
    let (tiny, out) = (Folder::tiny("output-changed-content"), format!("{}/www", workshop.path()));
    site(&workshop, tiny.path(), &out);
    let before = files(Path::new(&out)).len();
    workshop.put("www/404.html", b"my own");
    // Whoever makes the sums right again has not made the page ours.
    let sums = workshop.text("www/SHA256SUMS");
    workshop.put("www/SHA256SUMS", sums.replace("404", "405").as_bytes());
    let told = no_site(&workshop, &out);
    assert!(told.contains("404.html") && told.contains("SHA256SUMS"), "{told}");
    assert_eq!(workshop.text("www/404.html"), "my own");
    assert_eq!(files(Path::new(&out)).len(), before);
}

#[test]
fn names_beside_a_folder_are_left_alone() {
    let workshop = workshop("output-beside");
    let (tiny, out) = (Folder::tiny("output-beside-content"), format!("{}/www", workshop.path()));
    workshop.put("www.new/letter.txt", b"dear");
    workshop.put("www.old/letter.txt", b"dear");
    site(&workshop, tiny.path(), &out);
    site(&workshop, tiny.path(), &out);
    assert_eq!([workshop.text("www.new/letter.txt"), workshop.text("www.old/letter.txt")], ["dear", "dear"]);
    assert!(!Path::new(&format!("{out}.new-2")).exists() && !Path::new(&format!("{out}.old-2")).exists());
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_stay() {
    use std::os::unix::fs::symlink;
    let workshop = workshop("output-links");
    let tiny = Folder::tiny("output-links-content");
    fs::create_dir(Path::new(workshop.path()).join("real")).unwrap();
    let link = format!("{}/www", workshop.path());
    symlink("real", &link).unwrap();
    for _ in 0..2 {
        site(&workshop, tiny.path(), &link);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(workshop.maybe_text("real/404.html").is_some());
    }
    // A link in the site is somebody's own, and what it leads to is not written to.
    workshop.put("elsewhere/index.html", b"mine");
    symlink("../elsewhere", format!("{link}/shop")).unwrap();
    site(&workshop, tiny.path(), &link);
    assert!(fs::symlink_metadata(format!("{link}/shop")).unwrap().is_symlink());
    assert_eq!(workshop.text("elsewhere/index.html"), "mine");
    fs::remove_dir_all(format!("{link}/en")).unwrap();
    symlink("../elsewhere", format!("{link}/en")).unwrap();
    let told = no_site(&workshop, &link);
    assert!(told.contains(" en"), "{told}");
    assert_eq!(workshop.text("elsewhere/index.html"), "mine");
    let file = format!("{}/drawing.svg", workshop.path());
    symlink("far.svg", &file).unwrap();
    said(&["--content", tiny.path(), "draw", "--no-proof", "--out", &file], "");
    assert!(fs::symlink_metadata(&file).unwrap().is_symlink() && workshop.text("far.svg").starts_with("<svg"));
}

#[test]
fn files_are_replaced_only_where_they_were_made_here() {
    let tiny = Folder::tiny("output-files");
    let out = Folder::empty("output-files-out");
    out.put("letter.txt", b"dear");
    let path = |name: &str| format!("{}/{name}", out.path());
    let workshop = workshop("output-files-app");
    let (dossier, drawing, fhir, single) = (path("dossier.html"), path("flow.svg"), path("fhir"), path("single"));
    let app = format!("{}/app", workshop.path());
    let quick = ["--nodes", "0", "--trials", "0"];
    let commands: Vec<(Vec<&str>, Vec<&str>)> = vec![
        ([&["dossier", "--out", &dossier], &quick[..]].concat(), vec!["dossier.html"]),
        (vec!["draw", "--no-proof", "--out", &drawing], vec!["flow.svg"]),
        (
            vec!["export", "fhir", "--out", &fhir],
            vec!["fhir/Questionnaire-suitability.json", "fhir/Questionnaire-aftercare.json"],
        ),
        (vec!["single", "--app", &app, "--out", &single], vec!["single/check.html", "single/aftercare.html"]),
    ];
    for (command, made) in commands {
        let command = [&["--content", tiny.path()], &command[..]].concat();
        said(&command, "");
        said(&command, "");
        for file in made {
            let text = out.text(file);
            out.put(file, format!("{text}\nA remark of mine.").as_bytes());
            let told = complaint(&command, "");
            assert!(told.contains(file.rsplit('/').next().unwrap()), "{told}");
            assert!(out.text(file).ends_with("A remark of mine."));
            out.put(file, b"mine");
            complaint(&command, "");
            assert_eq!(out.text(file), "mine");
            out.remove(file);
            said(&command, "");
            assert_eq!(out.text(file), text);
        }
        // With other words the files are others, and still known.
        change(&tiny, "en/suitability.toml", "Is your skin sore there?", "Is it sore there?");
        said(&command, "");
        change(&tiny, "en/suitability.toml", "Is it sore there?", "Is your skin sore there?");
    }
    assert_eq!(out.text("letter.txt"), "dear");
    let letter = path("letter.txt");
    for command in [["dossier", "--out", &letter], ["draw", "--out", &letter]] {
        let told = complaint(&[&["--content", tiny.path()], &command[..]].concat(), "");
        assert!(told.contains("letter.txt"), "{told}");
    }
    assert_eq!(out.text("letter.txt"), "dear");
}

#[test]
fn an_export_does_not_take_what_stands_beside_its_name() {
    let tiny = Folder::tiny("output-new");
    let out = Folder::empty("output-new-out");
    out.put("Questionnaire-suitability.json.new", b"mine");
    said(&["--content", tiny.path(), "export", "fhir", "--out", out.path()], "");
    assert_eq!(out.text("Questionnaire-suitability.json.new"), "mine");
    // A site does not take the place of what another command made.
    let workshop = workshop("output-new-app");
    let told = no_site(&workshop, out.path());
    assert!(told.contains("Questionnaire-suitability.json"), "{told}");
}

#[test]
fn variables_of_the_caller_lead_no_command_elsewhere() {
    let workshop = workshop("output-variables");
    let (tiny, out) = (Folder::tiny("output-variables-content"), format!("{}/www", workshop.path()));
    let staged = format!("{}/staged", workshop.path());
    workshop.put("staged/index.html", b"mine");
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_mesocheck"));
    program.args(words(&workshop, "site", tiny.path(), &out)).env("TRUNK_STAGING_DIR", &staged);
    assert!(program.output().unwrap().status.success());
    assert_eq!(workshop.text("staged/index.html"), "mine");
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_mesocheck"));
    program.args(["--content", tiny.path(), "site", "--no-twins"]).current_dir(workshop.path());
    let output = program.env("TRUNK_STAGING_DIR", &staged).env("MESOCHECK_KILL_SWITCH", "1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(workshop.text("site/sw.js").contains("addEventListener('fetch'"), "no switch");
    assert_eq!(workshop.text("staged/index.html"), "mine");
    // Trunk's own call.
    workshop.put("trunk/index.html", b"a stub");
    for file in ["island.js", "island_bg.wasm"] {
        workshop.put(&format!("trunk/{file}"), &fs::read(format!("{}/app/{file}", workshop.path())).unwrap());
    }
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_mesocheck"));
    program.args(["--content", tiny.path(), "site", "--no-twins", "--staged"]).current_dir(workshop.path());
    let trunk = format!("{}/trunk", workshop.path());
    let output = program.env("TRUNK_STAGING_DIR", &trunk).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(workshop.maybe_text("trunk/404.html").is_some() && workshop.maybe_text("trunk/island.js").is_none());
}

#[test]
fn two_files_at_one_path_are_an_error() {
    let workshop = workshop("output-two");
    workshop.put("public/en/check/index.html", b"mine");
    let told = no_site(&workshop, &format!("{}/www", workshop.path()));
    assert!(told.contains("en/check/index.html"), "{told}");
}

#[test]
fn a_check_stands_at_its_own_place_whatever_it_keeps() {
    let content = shipped("output-role");
    change(&content, "aftercare/questions.toml", "keeps_answers = false", "keeps_answers = true");
    let workshop = workshop("output-role-app");
    for (before, after) in [("true", "true"), ("false", "true"), ("false", "false")] {
        for (check, keeps) in [("suitability", before), ("aftercare", after)] {
            let file = format!("{check}/questions.toml");
            let text = content.text(&file).replace("keeps_answers = true", "keeps_answers = false");
            content.put(&file, text.replace("keeps_answers = false", &format!("keeps_answers = {keeps}")).as_bytes());
        }
        site(&workshop, content.path(), &format!("{}/www", workshop.path()));
        for (page, check) in [
            ("check", "suitability"),
            ("aftercare", "aftercare"),
            ("embed", "suitability"),
            ("embed/aftercare", "aftercare"),
        ] {
            let html = workshop.text(&format!("www/en/{page}/index.html"));
            assert!(html.contains(&format!("data-check=\"{check}\"")), "{page}");
        }
        for page in ["paper", "paper/reasons", "paper/aftercare", "handover"] {
            assert!(workshop.maybe_text(&format!("www/en/{page}/index.html")).is_some(), "{page}");
        }
    }
    let told = String::from_utf8(mesocheck(&["--content", content.path(), "check"], "").stdout).unwrap();
    assert!(told.contains("no problems"), "{told}");
    assert!(self::content().is_dir());
}
