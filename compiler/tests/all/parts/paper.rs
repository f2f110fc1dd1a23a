//! Fills in a printed form as a person would: by what stands on the page, and nothing else. It knows neither the engine
//! nor the content. Only to bring a patient's answers onto the page does it look at the names of the boxes.

use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};

/// A patient's answers: options by question. A number stands as its digits.
pub type Patient = BTreeMap<String, Vec<String>>;

/// A form as printed.
#[derive(Debug)]
pub struct Form {
    pub fields: Vec<Field>,
    pub last: Vec<Tick>,
    /// Letters, most severe first, with the hooks of their outcomes. The last has none.
    pub results: Vec<(Option<char>, String)>,
    /// Whom to ask, by number.
    pub whom: BTreeMap<char, String>,
    /// Why it counts, by the number of a box.
    pub reasons: BTreeMap<String, String>,
}

/// A question as printed.
#[derive(Debug)]
pub struct Field {
    pub number: String,
    pub hook: String,
    pub only: Option<When>,
    pub ticks: Vec<Tick>,
    pub stops: Vec<(When, char)>,
    pub end: Option<When>,
}

/// A box as printed.
#[derive(Debug)]
pub struct Tick {
    pub code: String,
    /// The hook of the option; none where the words say when to tick it.
    pub option: Option<String>,
    pub when: Option<When>,
    pub sign: String,
    pub wait: Option<String>,
    pub stop: bool,
}

/// Ways in which a condition holds; in each, everything must hold.
pub type When = Vec<Vec<(Part, bool)>>;

/// A part of a condition.
#[derive(Debug)]
pub enum Part {
    Ticked(BTreeSet<String>),
    AtLeast(i64, String),
    AtMost(i64, String),
}

/// What came of filling it in.
#[derive(Debug, Default)]
pub struct Filled {
    pub outcome: String,
    /// Hooks of the questions that were answered.
    pub answered: Vec<String>,
    pub stopped: bool,
    /// Waits beside ticks.
    pub waits: BTreeSet<String>,
    /// Whom to ask.
    pub whom: BTreeSet<String>,
    /// Why ticks count.
    pub reasons: BTreeSet<String>,
    /// Numbers of the boxes that were ticked.
    pub ticked: BTreeSet<String>,
}

/// The article of a page, as XML.
pub fn article(html: &str) -> String {
    let start = html.find("<article").expect("an article");
    let end = html.find("</article>").unwrap() + "</article>".len();
    let mut xml = html[start..end].replace("<!>", "");
    // Inputs have no end tag in HTML.
    let mut from = 0;
    while let Some(at) = xml[from..].find("<input") {
        let close = from + at + xml[from + at..].find('>').unwrap();
        xml.insert(close, '/');
        from = close;
    }
    xml
}

fn is(node: &Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").is_some_and(|classes| classes.split(' ').any(|known| known == class))
}

/// Everything of a class below a node.
fn all<'a, 'b>(node: Node<'a, 'b>, class: &'static str) -> impl Iterator<Item = Node<'a, 'b>> {
    node.descendants().filter(move |node| is(node, class))
}

fn tags<'a, 'b>(node: Node<'a, 'b>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'b>> {
    node.descendants().filter(move |node| node.has_tag_name(tag))
}

/// What can be read in a node.
pub fn text(node: Node<'_, '_>) -> String {
    let all: String = node.descendants().filter(Node::is_text).map(|node| node.text().unwrap()).collect();
    all.split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.strip_prefix(start)?.strip_suffix(end)
}

impl Form {
    /// Reads the form, and the reasons that go with it.
    pub fn read(html: &str, reasons: &str) -> Self {
        let reasons = article(reasons);
        let reasons = Document::parse(&reasons).unwrap();
        let reason = |node: Node<'_, '_>| {
            let code = text(all(node, "code").next().unwrap());
            let words = text(node);
            (code.clone(), words.strip_prefix(&code).unwrap().trim().to_owned())
        };
        let xml = article(html);
        let document = Document::parse(&xml).unwrap();
        let root = document.root();
        let form = all(root, "form").next().unwrap();
        let last = form.children().filter(|node| is(node, "boxes"));
        let result = |node: Node<'_, '_>| {
            let sign = text(all(node, "mark").next().unwrap());
            let letter = (sign != "None").then(|| sign.chars().next().unwrap());
            (letter, node.attribute("data-outcome").unwrap().to_owned())
        };
        let results = all(root, "results").next().unwrap();
        let whom = tags(all(root, "whom").next().unwrap(), "li").map(|node| {
            let number = text(all(node, "mark").next().unwrap());
            (number.parse().unwrap(), text(tags(node, "span").next().unwrap()))
        });
        Self {
            fields: tags(form, "fieldset").map(field).collect(),
            last: last.flat_map(|list| list.children()).map(tick).collect(),
            results: results.children().filter(Node::is_element).map(result).collect(),
            whom: whom.collect(),
            reasons: tags(reasons.root(), "li").map(reason).collect(),
        }
    }

    /// Fills it in for a patient, from top to bottom.
    pub fn fill_in(&self, patient: &Patient) -> Filled {
        let mut filled = Filled::default();
        let mut written = BTreeMap::new();
        let mut signs: Vec<String> = Vec::new();
        for field in &self.fields {
            if field.only.as_ref().is_some_and(|only| !holds(only, &filled.ticked, &written)) {
                continue;
            }
            let answer = patient.get(&field.hook).cloned().unwrap_or_default();
            filled.answered.push(field.hook.clone());
            if let Some(number) = answer.first().and_then(|answer| answer.parse::<i64>().ok()) {
                written.insert(field.number.clone(), number);
            }
            for tick in &field.ticks {
                if tick.fits(&answer, &filled.ticked, &written) {
                    tick.take(&mut filled, &mut signs, self);
                    if tick.stop {
                        return self.stopped(filled, tick.sign.chars().next().unwrap());
                    }
                }
            }
            if let Some((_, letter)) = field.stops.iter().find(|(when, _)| holds(when, &filled.ticked, &written)) {
                return self.stopped(filled, *letter);
            }
            if field.end.as_ref().is_some_and(|end| holds(end, &filled.ticked, &written)) {
                break;
            }
        }
        for tick in &self.last {
            if tick.fits(&[], &filled.ticked, &written) {
                tick.take(&mut filled, &mut signs, self);
            }
        }
        let found = |letter: char| signs.iter().any(|sign| sign.starts_with(letter));
        let first = self.results.iter().find(|(letter, _)| letter.is_none_or(found));
        filled.outcome.clone_from(&first.expect("a last line without a letter").1);
        filled
    }

    fn stopped(&self, mut filled: Filled, letter: char) -> Filled {
        let result = self.results.iter().find(|(known, _)| *known == Some(letter));
        filled.outcome.clone_from(&result.expect("a result of that letter").1);
        filled.stopped = true;
        filled
    }
}

impl Tick {
    fn fits(&self, answer: &[String], ticked: &BTreeSet<String>, written: &BTreeMap<String, i64>) -> bool {
        match (&self.option, &self.when) {
            (Some(option), _) => answer.contains(option),
            (None, Some(when)) => holds(when, ticked, written),
            (None, None) => panic!("{} says not when to tick it", self.code),
        }
    }

    fn take(&self, filled: &mut Filled, signs: &mut Vec<String>, form: &Form) {
        filled.ticked.insert(self.code.clone());
        filled.waits.extend(self.wait.clone());
        let number = self.sign.chars().find(char::is_ascii_digit);
        filled.whom.extend(number.map(|number| form.whom[&number].clone()));
        filled.reasons.extend(form.reasons.get(&self.code).cloned());
        signs.push(self.sign.clone());
    }
}

fn holds(when: &When, ticked: &BTreeSet<String>, written: &BTreeMap<String, i64>) -> bool {
    let part = |(part, must): &(Part, bool)| {
        let is = match part {
            Part::Ticked(codes) => !codes.is_disjoint(ticked),
            Part::AtLeast(least, question) => written.get(question).is_some_and(|number| number >= least),
            Part::AtMost(most, question) => written.get(question).is_some_and(|number| number <= most),
        };
        is == *must
    };
    when.iter().any(|way| way.iter().all(part))
}

fn field(node: Node<'_, '_>) -> Field {
    let legend = tags(node, "legend").next().unwrap();
    let only = all(legend, "only").next().map(|node| when(between(&text(node), "Only if ", ".").unwrap()));
    let own = |class: &'static str| node.children().filter(move |child| is(child, class));
    let stop = |node: Node<'_, '_>| {
        let words = text(tags(node, "b").next().unwrap());
        (when(between(&words, "STOP if ", ".").unwrap()), text(all(node, "mark").next().unwrap()).parse().unwrap())
    };
    let end = "there are no more questions. Go on to “Your result”.";
    let end = own("end").next().map(|node| when(between(&text(node), "If ", &format!(", {end}")).unwrap()));
    let list = own("boxes").next().unwrap();
    Field {
        number: text(all(legend, "code").next().unwrap()),
        hook: node.attribute("data-question").unwrap().to_owned(),
        only,
        ticks: list.children().filter(Node::is_element).map(tick).collect(),
        stops: own("stop").map(stop).collect(),
        end,
    }
}

fn tick(node: Node<'_, '_>) -> Tick {
    let input = tags(node, "input").next().unwrap();
    let words = all(node, "words").next().unwrap();
    let named = input.attribute("name").is_some();
    Tick {
        code: text(all(node, "code").next().unwrap()),
        option: named.then(|| input.attribute("value").unwrap().to_owned()),
        when: (!named).then(|| when(between(&text(tags(words, "b").next().unwrap()), "Tick if ", ".").unwrap())),
        sign: text(all(node, "mark").next().unwrap()),
        wait: all(node, "until").next().map(text),
        stop: all(node, "stop").next().is_some_and(|node| text(node).starts_with("STOP.")),
    }
}

/// Reads a condition: "you ticked 6d and one of 14a–14d, 14f and not: you wrote 70 or more at 2".
fn when(words: &str) -> When {
    words.split(", or ").map(way).collect()
}

fn way(words: &str) -> Vec<(Part, bool)> {
    words.split(" and ").map(part).collect()
}

fn part(words: &str) -> (Part, bool) {
    let (must, words) = words.strip_prefix("not: ").map_or((true, words), |rest| (false, rest));
    let number = |words: &str, how: &str| {
        let (number, question) = words.strip_prefix("you wrote ")?.split_once(how)?;
        Some((number.parse().unwrap(), question.to_owned()))
    };
    if let Some((least, question)) = number(words, " or more at ") {
        return (Part::AtLeast(least, question), must);
    }
    if let Some((most, question)) = number(words, " or less at ") {
        return (Part::AtMost(most, question), must);
    }
    let words = words.strip_prefix("you ticked ").unwrap_or(words);
    let words = words.strip_prefix("one of ").unwrap_or(words);
    (Part::Ticked(words.split(", ").flat_map(codes).collect()), must)
}

/// "6c", or "6c–6f".
fn codes(words: &str) -> Vec<String> {
    let (first, last) = words.split_once('–').unwrap_or((words, words));
    let split = |code: &str| {
        let digits = code.chars().take_while(char::is_ascii_digit).count();
        let letters: Vec<char> = code[digits..].chars().collect();
        assert!(digits > 0 && letters.len() == 1 && letters[0].is_ascii_lowercase(), "`{code}` is no number of a box");
        (code[..digits].to_owned(), letters[0])
    };
    let ((number, from), (same, to)) = (split(first), split(last));
    assert_eq!(number, same, "{words}");
    (from..=to).map(|letter| format!("{number}{letter}")).collect()
}
