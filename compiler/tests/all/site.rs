//! `mesocheck site` on the shipped content, around an app of a few bytes.

use base64::Engine as _;
use mesocheck::engine::Given;
use mesocheck::engine::handover::{Book, Handover, MOST, open, parts, seal};
use mesocheck::model::{Check, Kind, Options, Pack, Question};
use num_bigint::BigUint;
use sha2::{Digest, Sha256, Sha384};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Files by their path below the site.
type Files = BTreeMap<String, Vec<u8>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A folder of its own for one test, with an app in it.
fn workshop(name: &str, glue: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("app")).unwrap();
    std::fs::write(folder.join("app/island.js"), glue).unwrap();
    std::fs::write(folder.join("app/island_bg.wasm"), b"\0asm\x01\0\0\0").unwrap();
    folder
}

fn command(workshop: &Path, content: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mesocheck"));
    command.arg("site").arg("--app").arg(workshop.join("app")).arg("--out").arg(workshop.join("out"));
    command.arg("--public").arg(root().join("public")).arg("--content").arg(content);
    // The twins take longer than all the rest: those who look at them have them made.
    command.env("MESOCHECK_NO_TWINS", "true");
    command
}

fn site(workshop: &Path, content: &Path) -> Output {
    command(workshop, content).output().unwrap()
}

fn built(name: &str) -> Files {
    made(&mut command(&workshop(name, "let glue;"), &root().join("content")), name)
}

fn built_with_twins(name: &str) -> Files {
    made(command(&workshop(name, "let glue;"), &root().join("content")).env_remove("MESOCHECK_NO_TWINS"), name)
}

fn made(command: &mut Command, name: &str) -> Files {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    files(&Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join("out"))
}

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn pages(files: &Files) -> impl Iterator<Item = (&String, String)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, String::from_utf8(bytes.clone()).unwrap()))
}

/// Values of an attribute in a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Where a link on a page leads, as a file of the site.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = if link.starts_with('/') { Vec::new() } else { page.split('/').collect() };
    parts.pop();
    let link = link.split('#').next().unwrap().trim_start_matches('/');
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop().expect("a link above the site")),
            "." | "" => {}
            name => parts.push(name),
        }
    }
    let path = parts.join("/");
    let folder = link.ends_with('/') || link.is_empty() || link == "..";
    if folder { format!("{path}/index.html").trim_start_matches('/').to_owned() } else { path }
}

#[test]
fn every_page_is_there_and_every_link_inside_the_site_leads_to_a_file() {
    let files = built("links");
    for page in ["en/", "en/faq/", "en/check/", "en/aftercare/", "en/prepare/", "en/about/", "en/privacy/", ""] {
        assert!(files.contains_key(&format!("{page}index.html")), "{page}");
    }
    assert_eq!(pages(&files).filter(|(path, _)| path.starts_with("en/faq/")).count(), 35);
    for (path, html) in pages(&files) {
        for link in values(&html, "href").into_iter().chain(values(&html, "src")) {
            let outside = ["https://", "tel:", "sms:", "#", "data:"].iter().any(|start| link.starts_with(start));
            assert!(outside || files.contains_key(&target(path, link)), "{path} leads to {link}");
        }
    }
}

#[test]
fn pages_hold_nothing_the_policy_forbids_and_scripts_and_styles_have_their_integrity() {
    let files = built("policy");
    let hash =
        |bytes: &[u8]| format!("sha384-{}", base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes)));
    for (path, html) in pages(&files) {
        assert!(html.contains("connect-src 'none'"), "{path} has no policy");
        // The page for other websites shows a frame's markup as text.
        let own: String = html.split("<textarea").filter_map(|part| part.split("</textarea>").last()).collect();
        // A form for paper keeps ticks from coming back; its method sends nothing.
        let forms = own.replace("<form method=\"dialog\" autocomplete=\"off\" class=\"form\">", "");
        assert!(!own.contains(" style=\"") && !own.contains("<style") && !forms.contains("<form"), "{path}");
        assert!(values(&html, "onclick").is_empty(), "{path}");
        for script in own.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            let is_data = tag.contains("application/json") || tag.contains("application/ld+json");
            assert!(is_data || tag.contains(" src=") && tag.contains(" integrity="), "{path}: <script{tag}>");
        }
        for part in html.split(" integrity=\"").skip(1) {
            let integrity = part.split('"').next().unwrap();
            let ours = |name: &str| name.starts_with("assets/") || name == "embed.js";
            let known = files.iter().any(|(name, bytes)| ours(name) && hash(bytes) == integrity);
            assert!(known, "{path} names the integrity of no file");
        }
    }
}

#[test]
fn the_button_that_leaves_at_once_is_on_every_page_where_a_clinic_wants_it_and_nowhere_else() {
    let off = built("exit-off");
    assert!(!off.keys().any(|path| path.starts_with("assets/exit-")));
    assert!(pages(&off).all(|(_, html)| !html.contains("data-exit") && !html.contains("data-action=\"exit\"")));
    let workshop = workshop("exit-on", "let glue;");
    let content = workshop.join("content");
    copy(&root().join("content"), &content);
    let neutral = "https://weather.example/";
    std::fs::write(content.join("clinic.toml"), format!("exit = true\nneutral = \"{neutral}\"\n")).unwrap();
    let output = site(&workshop, &content);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let on = files(&workshop.join("out"));
    let script = on.keys().find(|path| path.starts_with("assets/exit-") && path.ends_with(".js")).unwrap();
    for (path, html) in pages(&on).filter(|(path, _)| path.starts_with("en/")) {
        let (head, body) = html.split_once("</head>").unwrap();
        assert!(values(head, "src").iter().any(|source| target(path, source) == *script), "{path}: before the button");
        assert_eq!(values(body, "data-exit"), ["mesocheck:"], "{path}");
        let links: Vec<&str> = body.split("<a ").filter(|link| link.contains(" data-action=\"exit\"")).collect();
        assert_eq!(links.len(), 2, "{path}: a button, and a link to skip to");
        for link in links {
            let open = [format!(" href=\"{neutral}\""), " target=\"_top\"".into(), "noreferrer".into()];
            assert!(open.iter().all(|part| [" ", link].concat().contains(part)), "{path}: {link}");
        }
    }
}

/// The shipped content in the hands of a clinic.
fn built_for_clinic(name: &str, settings: &str) -> Files {
    let workshop = workshop(name, "let glue;");
    let content = workshop.join("content");
    copy(&root().join("content"), &content);
    let beside = root().join("compiler/tests");
    for (file, from) in [("logo.svg", "tiny/logo.svg"), ("block.woff2", "sample/block.woff2")] {
        std::fs::copy(beside.join(from), content.join(file)).unwrap();
    }
    std::fs::write(content.join("clinic.toml"), settings).unwrap();
    let output = site(&workshop, &content);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    files(&workshop.join("out"))
}

#[test]
fn a_site_with_one_check_has_no_way_to_the_other() {
    let all = built("both-checks");
    for (check, gone, stays) in [
        ("suitability", &["en/aftercare/", "en/embed/aftercare/", "en/paper/aftercare/"][..], "en/check/"),
        (
            "aftercare",
            &["en/check/", "en/embed/", "en/paper/", "en/paper/reasons/", "en/handover/", "en/handover/off/"],
            "en/aftercare/",
        ),
    ] {
        let files = built_for_clinic(&format!("only-{check}"), &format!("checks = [\"{check}\"]\n"));
        let page = |path: &str| format!("{path}index.html");
        let lost: Vec<String> = all.keys().filter(|path| !files.contains_key(*path)).cloned().collect();
        let lost: Vec<&String> = lost.iter().filter(|path| path.ends_with(".html")).collect();
        assert_eq!(lost.len(), gone.len(), "{lost:?}");
        assert!(gone.iter().all(|path| lost.contains(&&page(path))), "{lost:?}");
        assert!(files.contains_key(&page(stays)));
        for (path, html) in pages(&files) {
            for link in values(&html, "href").into_iter().chain(values(&html, "src")) {
                let outside = ["https://", "tel:", "sms:", "#", "data:"].iter().any(|start| link.starts_with(start));
                assert!(outside || files.contains_key(&target(path, link)), "{path} leads to {link}");
            }
        }
        let kept = worker(&files)["files"].to_string();
        assert!(gone.iter().all(|path| !kept.contains(&format!("\"./{path}\""))), "{kept}");
        let manifest = manifest(&files).1;
        let doors: Vec<&str> =
            manifest["shortcuts"].as_array().unwrap().iter().map(|door| door["url"].as_str().unwrap()).collect();
        assert_eq!(doors, [format!("../{stays}")]);
        let home = String::from_utf8(files["en/index.html"].clone()).unwrap();
        assert_eq!([" first\"", "\""].map(|end| home.matches(&format!("class=\"door{end}")).count()), [1, 0]);
    }
}

#[test]
fn a_clinics_name_logo_colours_and_font_are_on_every_page_and_come_from_the_site() {
    let files = built_for_clinic(
        "brand",
        "name = \"Bold & Co\"\nlogo = \"logo.svg\"\nfont = \"block.woff2\"\n[colours]\nground = \"#ffe9f2\"\naccent = \"#b3005e\"\n",
    );
    let one = |start: &str| {
        files.keys().find(|path| path.starts_with(start) && !path.ends_with('z') && !path.ends_with("br")).unwrap()
    };
    let (logo, font, style) = (one("assets/logo-"), one("assets/font-"), one("assets/style-"));
    let drawing = String::from_utf8(files[logo].clone()).unwrap();
    assert!(drawing.contains("<path") && drawing.contains("#8a0f55") && !drawing.contains("<style"), "{drawing}");
    let style = String::from_utf8(files[style].clone()).unwrap();
    assert!(style.contains(&format!("url(\"{}\")", font.trim_start_matches("assets/"))), "{style}");
    assert!(style.contains("--surface: #ffe9f2;") && style.contains("--accent: #b3005e;"));
    assert_eq!(files[font], std::fs::read(root().join("compiler/tests/sample/block.woff2")).unwrap());
    let kept = worker(&files)["files"].to_string();
    assert!([logo, font].iter().all(|path| kept.contains(&format!("\"./{path}\""))), "{kept}");
    for (path, html) in pages(&files).filter(|(path, _)| path.starts_with("en/")) {
        let tag = html.split("<img ").find(|tag| tag.contains("class=\"logo\""));
        assert_eq!(tag.is_some(), !path.starts_with("en/embed/"), "{path}: the website around a frame has its own");
        if let Some(tag) = tag {
            let tag = [" ", tag.split('>').next().unwrap()].concat();
            assert_eq!(target(path, values(&tag, "src")[0]), *logo, "{path}");
            let told = ["alt", "width", "height"].map(|name| values(&tag, name)[0]);
            assert_eq!(told, ["Bold &amp; Co", "96", "32"]);
        }
        assert_eq!(html.matches("data-clinic").count(), 1, "{path}");
        assert!(
            html.contains("Bold &amp; Co shows you this check and sells this treatment. It cannot change"),
            "{path}"
        );
        assert!(html.contains("content=\"#ffe9f2\" media=\"(prefers-color-scheme: light)\""), "{path}");
    }
    let manifest = manifest(&files).1;
    assert_eq!(manifest["theme_color"], "#ffe9f2");
}

#[test]
fn who_changed_the_check_is_not_said_to_be_unable_to() {
    let clinic = "name = \"Bold & Co\"\nbooking = \"https://book.example/\"\n";
    for (file, old, new) in [
        ("clinic.toml", "", ""),
        ("suitability/rules.toml", "confidence = \"medium\"", "confidence = \"high\""),
        ("en/suitability.toml", "Check before you book", "Check this before you book"),
        ("en/faq/does-it-hurt.md", "short = \"", "short = \"In short: "),
    ] {
        let workshop = workshop("own-version", "let glue;");
        let content = workshop.join("content");
        copy(&root().join("content"), &content);
        std::fs::write(content.join("clinic.toml"), clinic).unwrap();
        let text = std::fs::read_to_string(content.join(file)).unwrap();
        assert!(text.contains(old), "{file}");
        std::fs::write(content.join(file), text.replacen(old, new, 1)).unwrap();
        let output = site(&workshop, &content);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        for (path, html) in pages(&files(&workshop.join("out"))).filter(|(path, _)| path.starts_with("en/")) {
            let own = html.contains("Bold &amp; Co shows you its own version of this check and sells this treatment.");
            assert_eq!(own, !old.is_empty(), "{path} after a change of {file}");
            assert_eq!(html.contains("It cannot change the questions or the results"), old.is_empty(), "{path}");
            assert!(html.contains("nswers are not sent to it"), "{path}");
        }
    }
}

#[test]
fn drafts_are_marked_and_kept_from_search_engines() {
    let files = built("draft");
    for (path, html) in pages(&files).filter(|(path, _)| path.starts_with("en/")) {
        assert!(html.contains("data-draft") && html.contains("noindex"), "{path}");
        assert!(!html.contains("data-booking"), "{path}");
    }
}

#[test]
fn the_page_of_answers_handed_over_is_kept_from_search_engines_and_reads_the_longest_code_there_can_be() {
    let files = built("handover");
    let html = String::from_utf8(files["en/handover/index.html"].clone()).unwrap();
    assert!(html.contains("noindex") && html.contains("<noscript>") && html.contains("<title>Answers shown to you · "));
    let said = values(&html, "data-when");
    assert_eq!(said, ["nothing", "foreign", "cut", "damaged", "newer", "other", "shown"]);
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    let said_first =
        main.split("data-when=").skip(1).filter(|part| !part.split('>').next().unwrap().contains(" hidden"));
    assert_eq!(said_first.count(), 0, "nothing is said before anybody knows");
    assert!(html.find("assets/code-") < html.find("rel=\"stylesheet\""), "the code goes before anything is waited for");
    let pack = html.split("<script type=\"application/json\" id=\"pack\">").nth(1).unwrap();
    let pack = Pack::read(pack.split("</script>").next().unwrap()).unwrap();
    assert!(!pack.labels.handed_day().is_empty() && pack.labels.handover_lead().is_empty());
    let check = &Check { rules: Vec::new(), ..pack.check };
    let book = Book { check, hash: &pack.hash, wishes: Options::MOST };
    // More than anybody can answer: every question, with every option, and everything there may be to ask.
    let every = |question: &Question| match question.kind {
        Kind::Number { max, .. } => Given { options: Options::NONE, number: Some(max) },
        Kind::One | Kind::Many => {
            let all = (0..question.options.len()).fold(Options::NONE, |set, place| set.with(Options::one(place)));
            Given { options: all, number: None }
        }
    };
    let given: Vec<Given> = check.questions.iter().map(every).collect();
    let longest = Handover { day: u16::MAX, given, wishes: Options(u64::MAX) };
    let code = seal(&book, &longest);
    assert!(code.len() <= MOST, "{} letters", code.len());
    assert_eq!(open(&book, &code), Ok(longest));
    println!("{} letters", code.len());
    let private = parts(check).into_iter().filter(|part| part.private).flat_map(|part| part.questions);
    let private: Vec<&str> = private.map(|question| check.questions[question].id.as_str()).collect();
    assert_eq!(private, ["em_now", "urgent_now", "bdd1", "bdd2", "bdd3", "eating", "pressure"]);
}

#[test]
fn two_builds_are_the_same_and_twins_hold_what_they_stand_beside() {
    let (one, other) = (built_with_twins("first"), built_with_twins("second"));
    assert_eq!(one, other);
    let twins = one.iter().filter(|(path, _)| path.ends_with(".gz") || path.ends_with(".br"));
    for (path, packed) in twins {
        let plain = path.get(..path.len() - 3).unwrap();
        let mut text = Vec::new();
        if path.ends_with(".gz") {
            flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut text).unwrap();
        } else {
            brotli::Decompressor::new(packed.as_slice(), 4096).read_to_end(&mut text).unwrap();
        }
        assert!(text == one[plain], "{path}");
    }
}

#[test]
fn the_list_of_sums_holds_every_other_file_and_the_page_about_the_check_shows_those_of_what_runs() {
    let files = built_with_twins("sums");
    let sum =
        |bytes: &[u8]| Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    let others = files.iter().filter(|(path, _)| *path != "SHA256SUMS");
    let lines: Vec<String> = others.map(|(path, bytes)| format!("{}  {path}\n", sum(bytes))).collect();
    assert_eq!(String::from_utf8(files["SHA256SUMS"].clone()).unwrap(), lines.concat());
    let html = String::from_utf8(files["en/about/index.html"].clone()).unwrap();
    let section = html.split("data-sums").nth(1).unwrap();
    assert!(values(section, "href").contains(&"../../SHA256SUMS"));
    let shown: Vec<&str> = section.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap().lines().collect();
    assert!(shown.iter().all(|line| lines.contains(&format!("{line}\n"))), "{shown:?}");
    for file in
        ["  assets/app-", "  assets/boot-", "  assets/style-", "  en/check/index.html", "  en/aftercare/index.html"]
    {
        assert_eq!(shown.iter().filter(|line| line.contains(file)).count(), 1, "{file}: {shown:?}");
    }
}

#[test]
fn broken_content_or_a_bad_app_leaves_the_last_good_site_as_it_was() {
    let workshop = workshop("broken", "let glue;");
    assert!(site(&workshop, &root().join("content")).status.success());
    let before = files(&workshop.join("out"));
    let content = workshop.join("content");
    copy(&root().join("content"), &content);
    std::fs::write(content.join("suitability/rules.toml"), "nonsense = 1\n").unwrap();
    let output = site(&workshop, &content);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("suitability/rules.toml"));
    std::fs::write(workshop.join("app/island.js"), "x.innerHTML = text;").unwrap();
    let output = site(&workshop, &root().join("content"));
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains(".innerHTML"));
    assert!(files(&workshop.join("out")) == before);
}

#[test]
fn a_folder_with_something_else_in_it_is_not_replaced() {
    let workshop = workshop("other", "let glue;");
    std::fs::create_dir_all(workshop.join("out")).unwrap();
    std::fs::write(workshop.join("out/letter.txt"), "dear").unwrap();
    assert!(!site(&workshop, &root().join("content")).status.success());
    assert_eq!(std::fs::read_to_string(workshop.join("out/letter.txt")).unwrap(), "dear");
}

#[test]
fn figures_of_the_proof_stand_at_the_root_and_add_up() {
    let files = built("figures");
    let data: serde_json::Value = serde_json::from_slice(&files["proof.json"]).unwrap();
    let number = |value: &serde_json::Value| value.as_str().unwrap().parse::<BigUint>().unwrap();
    let checks = data["checks"].as_array().unwrap();
    let pages = [("suitability", "en/check/index.html"), ("aftercare", "en/aftercare/index.html")];
    assert_eq!(checks.len(), pages.len());
    for (check, (id, page)) in checks.iter().zip(pages) {
        assert_eq!(check["id"], id);
        for counts in [&check["complete"], &check["journeys"]] {
            let outcomes = counts["by_outcome"].as_object().unwrap();
            assert_eq!(outcomes.values().map(number).sum::<BigUint>(), number(&counts["all"]), "{id}");
        }
        assert!(number(&check["complete"]["all"]) > number(&check["journeys"]["all"]), "{id}");
        for statement in check["statements"].as_array().unwrap() {
            assert_eq!(statement["holds"], true, "{statement}");
            assert!(["any", "facts", "complete", "journeys"].contains(&statement["space"].as_str().unwrap()));
        }
        let html = String::from_utf8(files[page].clone()).unwrap();
        let pack = html.split("<script type=\"application/json\" id=\"pack\">").nth(1).unwrap();
        let pack: serde_json::Value = serde_json::from_str(pack.split("</script>").next().unwrap()).unwrap();
        assert_eq!((&pack["hash"], &pack["version"]), (&data["hash"], &data["version"]));
        let carried = pack["labels"].as_array().unwrap();
        assert!(!carried.iter().any(|label| label == "What a computer has checked" || label == "STOP"), "{id}");
    }
}

#[test]
fn the_page_about_the_check_shows_what_is_proven_and_no_number_nobody_can_read() {
    let files = built("about");
    let html = String::from_utf8(files["en/about/index.html"].clone()).unwrap();
    let data: serde_json::Value = serde_json::from_slice(&files["proof.json"]).unwrap();
    assert!(html.contains("That takes clinicians: nobody has signed yet."));
    assert!(html.contains(data["hash"].as_str().unwrap()) && values(&html, "href").contains(&"../../proof.json"));
    for check in data["checks"].as_array().unwrap() {
        let id = check["id"].as_str().unwrap();
        for statement in check["statements"].as_array().unwrap() {
            let says = statement["says"].as_str().unwrap().replace('&', "&amp;");
            assert!(html.contains(&says), "{says}");
        }
        let mut tags = html.split("<img").skip(1).map(|rest| rest.split('>').next().unwrap());
        let tag = tags.find(|tag| tag.contains(&format!("assets/flow-{id}-"))).unwrap();
        assert!(values(tag, "alt")[0].starts_with("Flow of “"), "{tag}");
        let flow = String::from_utf8(files[&target("en/about/index.html", values(tag, "src")[0])].clone()).unwrap();
        assert!(flow.contains(&format!(
            " width=\"{}\" height=\"{}\"",
            values(tag, "width")[0],
            values(tag, "height")[0]
        )));
        for counts in [&check["complete"], &check["journeys"]] {
            let numbers = counts["by_outcome"].as_object().unwrap().values().chain([&counts["all"]]);
            for digits in numbers.map(|number| number.as_str().unwrap()).filter(|digits| digits.len() > 4) {
                let plain: String =
                    html.chars().filter(|sign| ![' ', ',', '\u{a0}', '\u{202f}'].contains(sign)).collect();
                assert!(!plain.contains(digits), "{digits}");
            }
        }
    }
}

#[test]
fn a_site_whose_statements_do_not_hold_is_not_written() {
    let workshop = workshop("unproven", "let glue;");
    assert!(site(&workshop, &root().join("content")).status.success());
    let before = files(&workshop.join("out"));
    let content = workshop.join("content");
    copy(&root().join("content"), &content);
    let path = content.join("aftercare/musts.toml");
    let musts = std::fs::read_to_string(&path).unwrap();
    let floor = "id = \"I30_today\"\nif_answered = { question = \"a_today\", any_but = [\"none\", \"needle\"] }\nat_least = \"doctor\"";
    assert!(musts.contains(floor));
    std::fs::write(&path, musts.replace(floor, &floor.replace("\"doctor\"", "\"emergency\""))).unwrap();
    for no_twins in ["", "true"] {
        let mut command = command(&workshop, &content);
        let output = command.env("MESOCHECK_NO_TWINS", no_twins).output().unwrap();
        assert!(!output.status.success());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("  aftercare: I30_today\n") && told.contains("`mesocheck prove`"), "{told}");
        assert!(files(&workshop.join("out")) == before);
    }
}

/// What the worker of a site was given.
fn worker(files: &Files) -> serde_json::Value {
    let text = String::from_utf8(files["sw.js"].clone()).unwrap();
    let site = text.lines().find_map(|line| line.strip_prefix("const SITE = ")).unwrap();
    serde_json::from_str(site.trim_end_matches(';')).unwrap()
}

#[test]
fn the_worker_keeps_every_page_and_whatever_a_page_needs() {
    // Not what stands in frames on other websites, or helps to put it there.
    let elsewhere = |path: &str| path.split('/').any(|folder| folder == "embed");
    let files = built("worker");
    let site = worker(&files);
    let kept: BTreeMap<&str, &str> = site["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file[0].as_str().unwrap(), file[1].as_str().unwrap()))
        .collect();
    let address = |path: &str| format!("./{}", path.strip_suffix("index.html").unwrap_or(path));
    for (path, bytes) in &files {
        let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes));
        match kept.get(address(path).as_str()) {
            Some(integrity) => assert_eq!(*integrity, format!("sha256-{digest}"), "{path}"),
            None if elsewhere(path) => {}
            None => assert!(!path.ends_with("index.html") && !path.ends_with(".css"), "{path} is not kept"),
        }
    }
    let icons = ["icons/", "pictures/", "SHA256SUMS"];
    for (path, html) in pages(&files).filter(|(path, _)| *path != "404.html" && !elsewhere(path)) {
        for link in values(&html, "href").into_iter().chain(values(&html, "src")) {
            let path = target(path, link);
            let fetched = files.contains_key(&path) && !icons.iter().any(|start| path.starts_with(start));
            assert!(!fetched || kept.contains_key(address(&path).as_str()), "{path} is named and not kept");
        }
    }
    assert!(kept.keys().all(|address| !elsewhere(address)
        && !address.ends_with(".br")
        && !address.ends_with(".gz")
        && !address.contains("404")));
    assert_eq!((&site["withdrawn"], &site["offline"]), (&false.into(), &"en/offline/".into()));
    assert!(site["page"].as_str().unwrap().contains("You are offline"));
}

#[test]
fn the_worker_has_the_line_that_the_server_of_an_editor_exchanges() {
    let worker = String::from_utf8(built("fresh")["sw.js"].clone()).unwrap();
    assert_eq!(worker.matches(site_server::fresh::KEPT_FIRST).count(), 1, "{worker}");
}

#[test]
fn any_changed_word_is_another_version_and_withdrawn_content_is_not_kept() {
    let workshop = workshop("versions", "let glue;");
    let content = workshop.join("content");
    copy(&root().join("content"), &content);
    let version = |files: &Files| String::from_utf8(files["sw.js"].clone()).unwrap().lines().next().unwrap().to_owned();
    assert!(site(&workshop, &content).status.success());
    let before = version(&files(&workshop.join("out")));
    assert!(before.starts_with("const VERSION = '"), "{before}");
    let words = content.join("en/faq/does-it-hurt.md");
    std::fs::write(&words, std::fs::read_to_string(&words).unwrap() + "\nMore words.\n").unwrap();
    assert!(site(&workshop, &content).status.success());
    assert_ne!(version(&files(&workshop.join("out"))), before);
    std::fs::write(content.join("review.toml"), "withdrawn = true\n").unwrap();
    assert!(site(&workshop, &content).status.success());
    let site = worker(&files(&workshop.join("out")));
    assert_eq!((&site["withdrawn"], &site["files"]), (&true.into(), &serde_json::json!([])));
}

#[test]
fn the_kill_switch_is_a_worker_that_keeps_nothing() {
    let workshop = workshop("switch", "let glue;");
    let output = command(&workshop, &root().join("content")).arg("--kill-switch").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(files(&workshop.join("out"))["sw.js"].clone()).unwrap();
    assert!(
        text.contains("registration.unregister()") && !text.contains("'fetch'") && !text.contains("open("),
        "{text}"
    );
}

#[test]
fn the_manifest_names_icons_and_pictures_of_the_sizes_they_have() {
    let files = built("manifest");
    let (path, manifest) = manifest(&files);
    let all = |list: &serde_json::Value| list.as_array().unwrap().clone();
    let mut images = [all(&manifest["icons"]), all(&manifest["screenshots"])].concat();
    images.extend(all(&manifest["shortcuts"]).iter().flat_map(|shortcut| all(&shortcut["icons"])));
    let mut sizes = Vec::new();
    for image in images {
        let bytes = &files[&target(path, image["src"].as_str().unwrap())];
        sizes.push(image["sizes"].as_str().unwrap().to_owned());
        if image["type"] == "image/png" {
            let (width, height) = (number(bytes, 16), number(bytes, 20));
            assert_eq!(image["sizes"], format!("{width}x{height}"), "{image}");
            // What Chromium takes as a picture of the app.
            let long = width.max(height);
            assert!(width == height || (320..=3840).contains(&long) && long * 10 <= width.min(height) * 23, "{image}");
        }
    }
    assert!(["192x192", "512x512", "any"].iter().all(|size| sizes.iter().any(|known| known == size)), "{sizes:?}");
    assert!(all(&manifest["icons"]).iter().any(|icon| icon["purpose"] == "maskable"));
    let apple = files.iter().find(|(path, _)| path.starts_with("assets/apple-touch-icon-")).unwrap();
    assert_eq!(number(apple.1, 16), 180);
    for link in ["start_url", "scope"] {
        assert!(manifest[link].as_str().unwrap().starts_with('.'), "{link} is not relative");
    }
    for shortcut in all(&manifest["shortcuts"]) {
        assert!(files.contains_key(&target(path, shortcut["url"].as_str().unwrap())), "{shortcut}");
    }
    let tokens = std::fs::read_to_string(root().join("src/style/tokens.css")).unwrap();
    assert!(tokens.contains(&format!("--surface: {};", manifest["theme_color"].as_str().unwrap())));
}

/// Browsers look at these again with each new title or fragment, and a request would tell the server of it.
#[test]
fn no_page_names_an_icon_or_a_manifest_that_a_browser_would_ask_for_again() {
    let files = built("icons");
    for (path, html) in pages(&files) {
        for link in html.split("<link ").skip(1).filter(|link| !link.contains("rel=\"stylesheet\"")) {
            let href = link.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            let holds = href.starts_with("data:image/") || href.starts_with("http");
            assert!(holds || target(path, href).starts_with("assets/"), "{path}: {link}");
        }
        assert_eq!(html.matches("<link rel=\"icon\" href=\"data:image/svg+xml;base64,").count(), 1, "{path}");
    }
}

/// The manifest and its path.
fn manifest(files: &Files) -> (&str, serde_json::Value) {
    let (path, bytes) = files.iter().find(|(path, _)| path.ends_with(".webmanifest")).unwrap();
    (path, serde_json::from_slice(bytes).unwrap())
}

/// A number of four bytes, as in the head of a PNG.
fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes.get(at..at + 4).unwrap().try_into().unwrap())
}

#[test]
fn a_drawing_that_cannot_be_an_icon_is_refused_in_words() {
    for (drawing, says) in [
        (None, "icon.svg is missing"),
        (Some("<p>"), "icon.svg cannot be drawn"),
        (Some("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>"), "its ground must fill the middle"),
    ] {
        let workshop = workshop("drawing", "let glue;");
        let public = workshop.join("public");
        std::fs::create_dir_all(&public).unwrap();
        if let Some(drawing) = drawing {
            std::fs::write(public.join("icon.svg"), drawing).unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_mesocheck"));
        command.arg("site").arg("--app").arg(workshop.join("app")).arg("--out").arg(workshop.join("out"));
        let output =
            command.arg("--public").arg(&public).arg("--content").arg(root().join("content")).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && told.contains(says), "{told}");
    }
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let whole = to.join(path);
        std::fs::create_dir_all(whole.parent().unwrap()).unwrap();
        std::fs::write(whole, bytes).unwrap();
    }
}

#[test]
fn no_page_has_an_id_twice_or_two_parts_of_one_name() {
    for (path, html) in pages(&built("ids")) {
        for attribute in ["id", "role=\"region\" aria-label"] {
            let mut values = values(&html, attribute);
            values.sort_unstable();
            let twice: Vec<&[&str]> = values.chunk_by(|one, next| one == next).filter(|same| same.len() > 1).collect();
            assert!(twice.is_empty(), "{path}: {attribute}: {twice:?}");
        }
        let boxes = html.split("<input ").skip(1).map(|input| input.split('>').next().unwrap());
        let ticked = boxes.filter(|input| input.contains("\"checkbox\"") || input.contains("\"radio\""));
        assert!(ticked.into_iter().all(|input| !input.contains("autocomplete")), "{path}");
    }
}

#[test]
fn a_page_says_the_number_of_the_clinics_country_and_else_every_one() {
    let pages_of = |files: &Files| pages(files).map(|(path, html)| (path.clone(), html)).collect::<Vec<_>>();
    let any = "your emergency number (999, 112, 911 or 000)";
    let known = pages_of(&built_for_clinic("country", "country = \"GB\"\n"));
    for (path, html) in &known {
        // What travels for those who choose another country is not shown.
        let shown = html.split("<script type=\"application/json\" id=\"pack\">").next().unwrap();
        assert!(!shown.contains(any), "{path}");
        assert!(!html.contains("{EMERGENCY}") || html.contains("id=\"pack\""), "{path} has a place nobody fills");
    }
    assert!(known.iter().any(|(path, html)| path == "en/faq/index.html" && html.contains("call 999.")));
    let unknown = pages_of(&built("no-country"));
    assert!(unknown.iter().any(|(path, html)| path == "en/faq/index.html" && html.contains(any)));
}

/// What is printed says what it is.
#[test]
fn every_page_has_a_line_for_paper_that_says_what_it_is() {
    for (path, html) in pages(&built("printed")).filter(|(path, _)| path.as_str() != "index.html") {
        let line = "<p hidden class=\"on-paper\">Mesocheck: Check before you book mesotherapy<span data-address=\"\">";
        assert!(html.contains(line), "{path}");
    }
}
