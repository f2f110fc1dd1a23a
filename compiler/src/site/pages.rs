//! Every page, written ahead from the components the browser mounts.

use crate::markup::render;
use crate::output::Files;
use crate::pack;
use crate::read::{CheckContent, Content};
use crate::review;
use crate::site::app::Assets;
use crate::site::document::Document;
use crate::site::embed::{self, Offered};
use crate::site::paper::{self, Sheet};
use crate::site::proven::{Shown, section};
use crate::site::{put, sums};
use anyhow::{Context, Result};
use leptos::prelude::*;
use mesocheck::model::{Article, Check, Pack, ReviewState, Role, Source, Storage};
use mesocheck::page::about::Rules;
use mesocheck::page::article::{FaqAnswer, PlainPage};
use mesocheck::page::check::{CheckScreen, Times, at_rest};
use mesocheck::page::faq::FaqList;
use mesocheck::page::handover::HandoverPage;
use mesocheck::page::home::Home;
use mesocheck::page::shell::{Bare, Shell, own_tab, without_app};
use mesocheck::page::{Here, Picture, Site};
use mesocheck::view::article::blocks;
use mesocheck::view::part::link;
use mesocheck::view::result::Ways;
use mesocheck::view::words::fill;
use serde_json::json;
use std::sync::Arc;

/// Where a check is shown.
#[derive(Clone, Copy)]
enum Around {
    /// On a page of this site.
    Site,
    /// In a frame on another website.
    Frame,
    /// In a file of its own.
    File,
}

/// Draws a page for paper.
type Drawn = fn(&Sheet) -> AnyView;

/// What every page is made with.
struct Maker<'a> {
    files: &'a mut Files,
    content: &'a Content,
    site: Site,
    assets: &'a Assets,
    shown: &'a [Shown],
}

/// Adds every page.
///
/// # Errors
/// Where a page's data cannot be written as JSON, or content is missing.
pub fn add(files: &mut Files, content: &Content, assets: &Assets, shown: &[Shown]) -> Result<()> {
    let mut maker = Maker { files, content, site: site(content, assets.logo.clone()), assets, shown };
    maker.home()?;
    maker.faq()?;
    for CheckContent { check, .. } in content.shown() {
        maker.check(check, Around::Site)?;
        maker.check(check, Around::Frame)?;
        maker.paper(check)?;
    }
    for slug in ["prepare", "questions", "timeline", "privacy"] {
        maker.plain(slug)?;
    }
    if maker.site.has("handover/") {
        maker.handover()?;
    }
    maker.offline()?;
    maker.embed()?;
    maker.root()?;
    // It shows sums of what was made before.
    maker.about()
}

/// Every check in a document of its own, by the name of its file: for a device that others use too, and knowing of no
/// other page but those of a site with an address.
///
/// # Errors
/// Where a check cannot be written as JSON, or content is missing.
pub fn alone(content: &Content) -> Result<Vec<(String, Document)>> {
    let mut site = site(content, None);
    if site.clinic.storage == Storage::Device {
        site.clinic.storage = Storage::Asked;
    }
    if site.clinic.neutral.is_empty() {
        site.clinic.neutral = "about:blank".into();
    }
    let (mut files, assets) = (Files::new(), Assets::default());
    let maker = Maker { files: &mut files, content, site, assets: &assets, shown: &[] };
    content.shown().map(|CheckContent { check, .. }| maker.alone(check)).collect()
}

/// What every page knows of the site.
pub fn site(content: &Content, logo: Option<Picture>) -> Site {
    // Set once per process; a second call finds it set.
    let _ = any_spawner::Executor::init_futures_executor();
    let settings = &content.settings;
    let without = settings.without.iter().flat_map(|check| pages_of(check)).copied().collect();
    let site = Site::new(content.site.labels.clone(), review::of(content), pack::clinic(content));
    let countries = &content.site.countries;
    let country = countries.iter().find(|country| country.id == site.clinic.country).cloned();
    let (author, address) = (pack::author(content), content.site.address.clone());
    Site { logo, without, author, address, country, ..site }
}

/// The pages that a site lacks without a check.
fn pages_of(check: &str) -> &'static [&'static str] {
    match check {
        "suitability" => &["check/", "paper/", "paper/reasons/", "handover/", "handover/off/"],
        _ => &["aftercare/", "paper/aftercare/"],
    }
}

impl Maker<'_> {
    fn here(path: &str) -> Here {
        Here { base: "../".repeat(path.matches('/').count()), path: path.into() }
    }

    fn document(&self, path: &str, title: &str, description: &str) -> Document {
        let labels = &self.site.labels;
        let depth = path.matches('/').count() + 1;
        let locale = &self.content.site.locale;
        Document {
            locale: locale.clone(),
            title: if path.is_empty() {
                format!("{} · {title}", labels.site())
            } else {
                format!("{title} · {}", labels.title_suffix())
            },
            description: self.site.say(description),
            root: "../".repeat(depth),
            path: format!("{locale}/{path}"),
            address: self.content.site.address.clone(),
            hidden: self.site.review.state != ReviewState::Signed,
            ..Document::default()
        }
    }

    fn write<V: IntoView + 'static>(
        &mut self,
        path: &str,
        mut document: Document,
        inner: impl FnOnce() -> V + Send + 'static,
    ) -> Result<()> {
        let (site, here) = (self.site.clone(), Self::here(path));
        document.body = match document.framed.clone() {
            // Where the frame is low, the way out of it stands first.
            Some(whole) => render(move || {
                let [first, last] = ["low", "own-tab"].map(|name| own_tab(&site, name, &whole));
                view! { <Bare site=site first=first last=last>{inner()}</Bare> }
            }),
            None => render(move || view! { <Shell site=site here=here>{inner()}</Shell> }),
        };
        document.exit = true;
        put(self.files, format!("{}index.html", document.path), document.to_html(self.assets).into_bytes())
    }

    fn sources(&self, keys: &[String]) -> Vec<Source> {
        let known = |key: &String| self.content.sources.iter().find(|source| source.key == *key).cloned();
        keys.iter().filter_map(known).collect()
    }

    fn page(&self, slug: &str) -> Result<Article> {
        let page = self.content.pages.pages.iter().find(|page| page.slug == slug).cloned();
        page.with_context(|| format!("the page `{slug}` is missing"))
    }

    fn home(&mut self) -> Result<()> {
        let labels = self.site.labels.clone();
        let mut document = self.document("", &labels.home_title(), &labels.home_lead());
        document.app = true;
        if self.site.has("check/") {
            document.data = vec![("pack", self.pack_json("suitability")?)];
        }
        let (site, here) = (self.site.clone(), Self::here(""));
        let groups: Vec<String> = self.content.site.groups.iter().map(|(_, title)| title.clone()).collect();
        let faq = self.content.pages.faq.clone();
        let lists =
            ["prepare", "questions", "timeline"].iter().map(|slug| Ok((format!("{slug}/"), self.page(slug)?.title)));
        let mut lists = lists.collect::<Result<Vec<(String, String)>>>()?;
        lists.push(("paper/".into(), labels.paper_title()));
        lists.push(("paper/aftercare/".into(), labels.paper_card_link()));
        self.write("", document, move || view! { <Home site=site here=here groups=groups faq=faq lists=lists /> })
    }

    fn pack(&self, id: &str) -> Result<Pack> {
        let check = self.content.checks.iter().map(|known| &known.check).find(|check| check.id.as_str() == id);
        let pack = pack::of(self.content, check.with_context(|| format!("the check `{id}` is missing"))?);
        Ok(Pack { clinic: self.site.clinic.clone(), ..pack })
    }

    fn pack_json(&self, id: &str) -> Result<String> {
        Ok(serde_json::to_string(&self.pack(id)?)?)
    }

    fn faq(&mut self) -> Result<()> {
        let labels = self.site.labels.clone();
        let index = Arc::new(pack::search_index(self.content));
        let mut document = self.document("faq/", &labels.faq_title(), &labels.faq_lead());
        document.app = true;
        document.data = vec![("index", serde_json::to_string(&*index)?)];
        document.linked_data = Some(self.faq_data());
        let entries = index.entries.clone();
        let lead = labels.faq_lead();
        let title = labels.faq_title();
        self.write("faq/", document, move || {
            view! {
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
                <div data-search=""><FaqList index=index found=entries /></div>
            }
        })?;
        for article in &self.content.pages.faq {
            self.answer(article)?;
        }
        Ok(())
    }

    fn faq_data(&self) -> String {
        let one = |article: &Article| {
            let answer = json!({ "@type": "Answer", "text": self.site.say(&pack::plain(article)) });
            json!({ "@type": "Question", "name": article.title, "acceptedAnswer": answer })
        };
        let all: Vec<serde_json::Value> = self.content.pages.faq.iter().map(one).collect();
        json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": all }).to_string()
    }

    fn answer(&mut self, article: &Article) -> Result<()> {
        let path = format!("faq/{}/", article.slug);
        let document = self.document(&path, &article.title, &article.short);
        let (site, here) = (self.site.clone(), Self::here(&path));
        let article = self.spoken(article.clone());
        let group = self.content.site.groups.get(article.group).map(|(_, title)| title.clone()).unwrap_or_default();
        let title = |slug: &String| {
            let other = self.content.pages.faq.iter().find(|other| other.slug == *slug)?;
            Some((slug.clone(), other.title.clone()))
        };
        let related = article.related.iter().filter_map(title).collect();
        let sources = self.sources(&article.sources);
        self.write(&path, document, move || {
            view! { <FaqAnswer site=site here=here group=group article=article related=related sources=sources /> }
        })
    }

    /// An article with the numbers to call filled in, and without links to pages this site lacks.
    fn spoken(&self, mut article: Article) -> Article {
        use mesocheck::model::{Block, Text};
        let say = |text: &mut Text| {
            for part in text {
                part.text = self.site.say(&part.text);
                part.href = part.href.take().filter(|href| self.site.has(href.trim_start_matches('/')));
            }
        };
        for block in &mut article.blocks {
            match block {
                Block::Heading(text) => *text = self.site.say(text),
                Block::Paragraph(text) => say(text),
                Block::Points(items) | Block::Numbered(items) | Block::Tasks(items) => items.iter_mut().for_each(say),
            }
        }
        article
    }

    /// Where a check stands below the folder of its locale.
    fn path(check: &Check, around: Around) -> &'static str {
        match (around, check.role()) {
            (Around::Site | Around::File, Role::Before) => "check/",
            (Around::Site | Around::File, Role::After) => "aftercare/",
            (Around::Frame, Role::Before) => "embed/",
            (Around::Frame, Role::After) => "embed/aftercare/",
        }
    }

    fn check(&mut self, check: &Check, around: Around) -> Result<()> {
        let path = Self::path(check, around);
        let here = Self::here(path);
        let mut document = self.checking(check, around)?;
        if let Around::Frame = around {
            document.hidden = true;
            document.framed = Some(here.to(Self::path(check, Around::Site)));
            document.scripts = vec![self.assets.frame.clone()];
        }
        let screen = self.screen(check, here, around)?;
        self.write(path, document, screen)
    }

    /// A check in one file.
    fn alone(&self, check: &Check) -> Result<(String, Document)> {
        let (site, locale, address) = (self.site.clone(), &self.content.site.locale, &self.content.site.address);
        let base = if address.is_empty() { String::new() } else { format!("{address}/{locale}/") };
        let home = (!base.is_empty()).then(|| link("", base.clone(), site.labels.site()));
        let (note, version) = (site.labels.single_note(), self.version());
        let last = view! { <p>{note}" "{version}</p><p>{home}</p> }.into_any();
        let screen = self.screen(check, Here { base, path: String::new() }, Around::File)?;
        let body = render(move || view! { <Bare site=site first=().into_any() last=last>{screen()}</Bare> });
        let name = format!("{}.html", Self::path(check, Around::File).trim_end_matches('/'));
        Ok((name, Document { body, ..self.checking(check, Around::File)? }))
    }

    /// The document of a check, without what is on the screen.
    fn checking(&self, check: &Check, around: Around) -> Result<Document> {
        let document = self.document(Self::path(check, around), &check.title, &check.lead);
        Ok(Document { app: true, data: vec![("pack", self.pack_json(check.id.as_str())?)], ..document })
    }

    /// Which content this is.
    fn version(&self) -> String {
        let hash = pack::hash(self.content);
        fill(&self.site.labels.content_version(), &[("version", &self.content.site.version), ("hash", &hash)])
    }

    /// A check as it is written ahead, with what is shown where it cannot start. Where nothing is known of other pages,
    /// there is no link to one.
    fn screen(&self, check: &Check, here: Here, around: Around) -> Result<impl FnOnce() -> AnyView + Send + 'static> {
        let (labels, site) = (self.site.labels.clone(), self.site.clone());
        let suitability = check.role() == Role::Before;
        let pack = self.pack(check.id.as_str())?;
        let ways = Ways { questions: here.to("questions/"), prepare: here.to("prepare/") };
        let rest = at_rest(&pack);
        // What is written ahead knows every label; what travels, only those the island shows.
        let pack = Arc::new(Pack { labels: labels.clone(), ..pack });
        let times = Times { moment: |_, _| String::new(), date: |_, date| date.to_string() };
        let near = labels.embed_near();
        let (paper, paper_title) = if suitability {
            (here.to("paper/"), labels.paper_title())
        } else {
            (here.to("paper/aftercare/"), labels.paper_card_link())
        };
        let alone = here.base.is_empty();
        let on_paper = (!alone).then_some((paper, paper_title));
        let countries = self.content.site.countries.clone();
        let self_care = if suitability { None } else { Some(self.spoken(self.page("self-care")?)) };
        let timeline = (!alone).then(|| link("", here.to("timeline/"), labels.timeline_link()));
        let (id, base, keeps) = (check.id.to_string(), here.base.clone(), check.keeps_answers.then_some(""));
        let leave = match around {
            Around::Site | Around::File => None,
            Around::Frame => Some("./"),
        };
        Ok(move || {
            view! {
                {without_app(&site, &countries, on_paper)}
                <div class="check" data-check=id data-state="loading" data-home=base.clone() data-leave=leave
                    data-keeps=keeps>
                    <CheckScreen pack=pack state=RwSignal::new(rest) times=times ways=ways act=Callback::new(|_| ()) />
                </div>
                <p class="card" data-near="" hidden="">{near}</p>
                {self_care.map(|article| view! {
                    <section class="after" hidden=true>
                        <h2>{article.title.clone()}</h2>
                        {blocks(&article.blocks, &base)}
                        <p>{timeline}</p>
                    </section>
                })}
            }
            .into_any()
        })
    }

    /// The page that shows how to put a check on another website. There is one, in the words of the first locale.
    fn embed(&mut self) -> Result<()> {
        let labels = self.site.labels.clone();
        let locale = &self.content.site.locale;
        let offer = |check: &Check| Offered {
            title: check.title.clone(),
            page: format!("{locale}/{}", Self::path(check, Around::Site)),
            frame: format!("{locale}/{}", Self::path(check, Around::Frame)),
        };
        let checks: Vec<Offered> = self.content.shown().map(|known| offer(&known.check)).collect();
        let mut document = self.document("", &labels.embed_title(), &labels.embed_lead());
        document.title = format!("{} · {}", labels.embed_title(), labels.title_suffix());
        document.root = "../".into();
        document.path = "embed/".into();
        document.scripts.clone_from(&self.assets.embed);
        let here = Here { base: format!("../{locale}/"), path: "embed/".into() };
        let (site, address) = (self.site.clone(), self.content.site.address.clone());
        document.body =
            render(move || view! { <Shell site=site here=here>{embed::page(&labels, &checks, &address)}</Shell> });
        put(self.files, "embed/index.html".into(), document.to_html(self.assets).into_bytes())
    }

    /// A check on paper: as a form with its reasons; as a card, where what is common changes with the time.
    fn paper(&mut self, check: &Check) -> Result<()> {
        let labels = self.site.labels.clone();
        let sheets: Vec<(&str, String, String, Drawn)> = if check.role() == Role::Before {
            vec![
                ("paper/", labels.paper_title(), labels.paper_lead(), paper::form),
                ("paper/reasons/", labels.paper_reasons(), labels.paper_reasons_lead(), paper::reasons),
            ]
        } else {
            vec![("paper/aftercare/", labels.paper_card_link(), labels.paper_card_why(), paper::card)]
        };
        let version = self.version();
        for (path, title, description, draw) in sheets {
            let mut document = self.document(path, &title, &description);
            document.paper = true;
            let sheet = Sheet {
                site: self.site.clone(),
                here: Self::here(path),
                check: check.clone(),
                countries: self.content.site.countries.clone(),
                version: version.clone(),
            };
            self.write(path, document, move || draw(&sheet))?;
        }
        Ok(())
    }

    fn plain(&mut self, slug: &str) -> Result<()> {
        let path = format!("{slug}/");
        let article = self.spoken(self.page(slug)?);
        let document = self.document(&path, &article.title, &article.short);
        let (site, here, sources) = (self.site.clone(), Self::here(&path), self.sources(&article.sources));
        self.write(&path, document, move || view! { <PlainPage site=site here=here article=article sources=sources /> })
    }

    fn about(&mut self) -> Result<()> {
        let labels = self.site.labels.clone();
        let article = self.spoken(self.page("about")?);
        let document = self.document("about/", &article.title, &article.short);
        let (site, here, sources) = (self.site.clone(), Self::here("about/"), self.sources(&article.sources));
        let hash = pack::hash(self.content);
        let numbers = [("version", self.content.site.version.as_str()), ("hash", hash.as_str())];
        let version = fill(&labels.content_version(), &numbers);
        let shown = self.shown.to_vec();
        let checked = fill(&labels.proof_of(), &numbers);
        let checks: Vec<Check> = self.content.shown().map(|known| known.check.clone()).collect();
        let known = self.content.sources.iter().cloned().map(|source| (source.key.clone(), source));
        let known: Vec<(String, Source)> = known.collect();
        let carry = ["check/", "aftercare/"].map(|path| format!("{}index.html", self.document(path, "", "").path));
        let sums = sums::section(&labels, &here, self.files, &carry);
        self.write("about/", document, move || {
            let rules =
                checks.into_iter().map(|check| view! { <Rules site=site.clone() check=check /> }).collect_view();
            let row = |(key, source): (String, Source)| {
                let line = mesocheck::page::article::source_line(&source);
                let id = format!("source-{key}");
                view! { <li id=id><b>{key}</b>" "{line}</li> }
            };
            let rows = known.into_iter().map(row).collect_view();
            view! {
                <PlainPage site=site.clone() here=here.clone() article=article sources=sources />
                {section(&site, &here, shown, checked)}
                <h2>{labels.rules_title()}</h2>
                <p>{labels.rules_lead()}</p>
                {rules}
                <details class="sources all"><summary>{labels.sources_title()}</summary><ul>{rows}</ul></details>
                {sums}
                <p class="small">{version}</p>
            }
        })
    }

    /// The page of answers handed over. No search engine has any use for it.
    fn handover(&mut self) -> Result<()> {
        let labels = &self.site.labels;
        let document = self.document("handover/", &labels.handover_title(), &labels.handover_nothing());
        let handed = self.content.checks.iter().find(|known| known.check.role() == Role::Before);
        let id = handed.map(|known| known.check.id.to_string()).unwrap_or_default();
        let data = vec![("pack", self.pack_json(&id)?)];
        let document = Document { app: true, hidden: true, data, code: Some("off/"), ..document };
        let site = self.site.clone();
        self.write("handover/", document, move || view! { <HandoverPage site=site /> })?;
        // Without scripts nothing but another address takes the answers out of this one.
        let labels = self.site.labels.clone();
        let document = self.document("handover/off/", &labels.handover_title(), &labels.handover_script());
        let document = Document { hidden: true, ..document };
        self.write("handover/off/", document, move || {
            view! { <h1>{labels.handover_head()}</h1><p class="card">{labels.handover_script()}</p> }
        })
    }

    /// What is shown where a page is not kept and there is no connection.
    fn offline(&mut self) -> Result<()> {
        let labels = self.site.labels.clone();
        let mut document = self.document("offline/", &labels.offline_title(), &labels.offline_text());
        document.hidden = true;
        let home = Self::here("offline/").to("");
        self.write("offline/", document, move || {
            view! {
                <h1>{labels.offline_title()}</h1>
                <p class="lead">{labels.offline_text()}</p>
                <a class="main" href=home>{labels.nav_home()}</a>
            }
        })
    }

    /// The root, which leads to the locale, and the page for addresses that do not exist.
    fn root(&mut self) -> Result<()> {
        let labels = self.site.labels.clone();
        let locale = self.content.site.locale.clone();
        let mut document = self.document("", &labels.home_title(), &labels.home_lead());
        document.root = String::new();
        document.path = String::new();
        let (title, href) = (labels.site(), format!("{locale}/"));
        document.body = render(move || view! { <main><h1><a href=href>{title}</a></h1></main> });
        let html = document.to_html(self.assets);
        let refresh = format!("<meta http-equiv=\"refresh\" content=\"0; url={locale}/\">\n</head>");
        put(self.files, "index.html".into(), html.replacen("</head>", &refresh, 1).into_bytes())?;
        document.title = labels.not_found_title();
        // Shown at any depth, so its links begin at the root of the host.
        document.root = "/".into();
        document.hidden = true;
        document.exit = true;
        let (site, here) = (self.site.clone(), Here { base: format!("/{locale}/"), path: "404.html".into() });
        document.body = render(move || {
            let home = here.to("");
            view! {
                <Shell site=site here=here>
                    <h1>{labels.not_found_title()}</h1>
                    <p class="lead">{labels.not_found()}</p>
                    <a class="main" href=home>{labels.nav_home()}</a>
                </Shell>
            }
        });
        put(self.files, "404.html".into(), document.to_html(self.assets).into_bytes())
    }
}
