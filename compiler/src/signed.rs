//! `signed.json`: what a check does, apart from its words, as it was last agreed. It is a second statement of every rule,
//! and changes only by `mesocheck accept`. Conditions are written as in the content, but tables are expanded.

use anyhow::{Context, Result, bail};
use mesocheck::model::{
    Action, Ask, Check, CheckId, Choice, Condition, Confidence, Date, Kind, Look, OptionId, Options, Outcome,
    OutcomeId, Page, PageId, Question, QuestionId, Rule, RuleId, Scope, StepId, Stops, Wait, Within,
};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The format of the file.
const FORMAT: u32 = 1;

/// What a check does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    format: u32,
    check: String,
    outcomes: Vec<SignedOutcome>,
    steps: Vec<String>,
    questions: Vec<SignedQuestion>,
    rules: Vec<SignedRule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedOutcome {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stops: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    shown_incomplete: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    book: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedQuestion {
    id: String,
    step: String,
    page: String,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bounds: Option<(i64, i64)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ask_when: Option<SignedCondition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fresh_for_minutes: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ends_check: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    exclusive: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clear: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    warning_signs: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    private: bool,
    options: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedRule {
    id: String,
    when: SignedCondition,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait: Option<SignedWait>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ask: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    within: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedWait {
    days: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    until: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum SignedCondition {
    AnyOf { question: String, any_of: Vec<String> },
    AllOf { question: String, all_of: Vec<String> },
    AtLeast { question: String, at_least: i64 },
    AtMost { question: String, at_most: i64 },
    All { all: Vec<SignedCondition> },
    Any { any: Vec<SignedCondition> },
    Not { not: Box<SignedCondition> },
}

/// Where the statement of a check stands.
pub fn path(content: &Path, check: &str) -> PathBuf {
    content.join(check).join("signed.json")
}

/// Whether a check does what was last agreed.
pub fn is_agreed(content: &Path, check: &Check) -> bool {
    let agreed = read(content, check.id.as_str()).ok().flatten();
    agreed.is_some_and(|agreed| agreed == Signed::of(check))
}

/// Reads the statement of a check; `None` where none was ever agreed.
///
/// # Errors
/// Where the file is there and cannot be read, or contradicts itself.
pub fn read(content: &Path, check: &str) -> Result<Option<Signed>> {
    let path = path(content, check);
    if !path.exists() {
        return Ok(None);
    }
    let mend = || {
        format!(
            "{} is damaged. Take it from the last good version of the content, or look at the whole content again and \
             run `mesocheck accept`",
            path.display()
        )
    };
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let signed: Signed = serde_json::from_str(&text).with_context(mend)?;
    if signed.format != FORMAT {
        bail!("{} has format {}, and this program knows format {FORMAT}", path.display(), signed.format);
    }
    signed.to_check().with_context(mend)?;
    Ok(Some(signed))
}

impl Signed {
    /// What a check does.
    pub fn of(check: &Check) -> Self {
        let step = |place: usize| check.steps.get(place).map(|(id, _)| id.to_string()).unwrap_or_default();
        let page = |question: usize| {
            let page = check.pages.iter().find(|page| page.questions.contains(&question));
            page.map(|page| page.id.to_string()).unwrap_or_default()
        };
        let questions = check.questions.iter().enumerate().map(|(place, question)| SignedQuestion {
            id: question.id.to_string(),
            step: step(question.step),
            page: page(place),
            kind: match question.kind {
                Kind::One => "one",
                Kind::Many => "many",
                Kind::Number { .. } => "number",
            }
            .into(),
            bounds: match question.kind {
                Kind::Number { min, max } => Some((min, max)),
                Kind::One | Kind::Many => None,
            },
            ask_when: question.ask_when.as_ref().map(|when| condition(check, when)),
            fresh_for_minutes: question.fresh_for,
            ends_check: ids(question, question.ends),
            exclusive: ids(question, question.exclusive),
            clear: match question.kind {
                Kind::Number { .. } => None,
                Kind::One | Kind::Many => question.options.get(question.clear).map(|option| option.id.to_string()),
            },
            warning_signs: question.warning_signs,
            private: question.private,
            options: question.options.iter().map(|option| option.id.to_string()).collect(),
        });
        let outcome = |place: usize| check.outcomes.get(place).map(|outcome| outcome.id.to_string());
        let rules = check.rules.iter().map(|rule| SignedRule {
            id: rule.id.to_string(),
            when: condition(check, &rule.when),
            outcome: rule.outcome.and_then(outcome),
            wait: rule.wait.as_ref().map(|wait| SignedWait {
                days: wait.days,
                from: wait.from.clone(),
                until: wait.until.clone(),
            }),
            action: rule.action.map(|action| action.as_str().into()),
            ask: rule.ask.map(|ask| ask.as_str().into()),
            scope: rule.scope.map(|scope| scope.as_str().into()),
            within: rule.within.map(|within| within.as_str().into()),
        });
        let outcomes = check.outcomes.iter().map(|outcome| SignedOutcome {
            id: outcome.id.to_string(),
            stops: outcome.stops.map(|stops| stops_word(stops).into()),
            shown_incomplete: outcome.shown_incomplete,
            book: outcome.book,
        });
        Self {
            format: FORMAT,
            check: check.id.to_string(),
            outcomes: outcomes.collect(),
            steps: check.steps.iter().map(|(id, _)| id.to_string()).collect(),
            questions: questions.collect(),
            rules: rules.collect(),
        }
    }

    /// The check it is about.
    pub fn check(&self) -> &str {
        &self.check
    }

    /// The text of the file: one question or rule per line, so that a change of one is a change of one line.
    ///
    /// # Errors
    /// Where it cannot be written as JSON.
    pub fn to_text(&self) -> Result<String> {
        fn lines<T: Serialize>(items: &[T]) -> Result<String> {
            let lines: serde_json::Result<Vec<String>> = items.iter().map(serde_json::to_string).collect();
            Ok(lines?.join(",\n"))
        }
        Ok(format!(
            "{{\n\"format\":{},\n\"check\":{},\n\"outcomes\":[\n{}\n],\n\"steps\":{},\n\"questions\":[\n{}\n],\n\"rules\":[\n{}\n]\n}}\n",
            self.format,
            serde_json::to_string(&self.check)?,
            lines(&self.outcomes)?,
            serde_json::to_string(&self.steps)?,
            lines(&self.questions)?,
            lines(&self.rules)?,
        ))
    }

    /// A check that does the same. Its words are its ids.
    ///
    /// # Errors
    /// Where the statement names something it does not hold.
    pub fn to_check(&self) -> Result<Check> {
        let outcome = |id: &String| {
            let place = self.outcomes.iter().position(|outcome| outcome.id == *id);
            place.with_context(|| format!("there is no outcome `{id}`"))
        };
        let rules = self.rules.iter().map(|rule| -> Result<Rule> {
            Ok(Rule {
                id: RuleId::new(&rule.id),
                when: self.condition(&rule.when)?,
                outcome: rule.outcome.as_ref().map(outcome).transpose()?,
                reason: String::new(),
                action: known(rule.action.as_ref(), Action::ALL, Action::as_str)?,
                ask: known(rule.ask.as_ref(), Ask::ALL, Ask::as_str)?,
                scope: known(rule.scope.as_ref(), Scope::ALL, Scope::as_str)?,
                wait: rule.wait.as_ref().map(|wait| Wait {
                    days: wait.days,
                    from: wait.from.clone(),
                    until: wait.until.clone(),
                }),
                within: known(rule.within.as_ref(), Within::ALL, Within::as_str)?,
                unsure: None,
                sources: Vec::new(),
                confidence: Confidence::Low,
            })
        });
        let check = Check {
            id: CheckId::new(&self.check),
            title: self.check.clone(),
            lead: String::new(),
            points: Vec::new(),
            keeps_answers: false,
            review_by: Date(i32::MAX),
            outcomes: self.outcomes.iter().map(SignedOutcome::to_outcome).collect::<Result<Vec<Outcome>>>()?,
            headlines: Vec::new(),
            steps: self.steps.iter().map(|step| (StepId::new(step), step.clone())).collect(),
            pages: self.pages()?,
            questions: self
                .questions
                .iter()
                .map(|question| self.question(question))
                .collect::<Result<Vec<Question>>>()?,
            rules: rules.collect::<Result<Vec<Rule>>>()?,
            asks: Vec::new(),
            first_aid: Vec::new(),
            changes: Vec::new(),
            to_ask: Vec::new(),
            to_bring: Vec::new(),
            sources: Vec::new(),
            safety_net: None,
        };
        check.verified().map_err(|fault| anyhow::anyhow!("{}", fault.0))
    }

    fn pages(&self) -> Result<Vec<Page>> {
        let mut pages: Vec<Page> = Vec::new();
        for (place, question) in self.questions.iter().enumerate() {
            match pages.last_mut().filter(|page| page.id.as_str() == question.page) {
                Some(page) => page.questions.push(place),
                None => pages.push(Page {
                    id: PageId::new(&question.page),
                    step: self.step(&question.step)?,
                    title: None,
                    questions: vec![place],
                }),
            }
        }
        Ok(pages)
    }

    fn step(&self, id: &str) -> Result<usize> {
        self.steps.iter().position(|step| step == id).with_context(|| format!("there is no step `{id}`"))
    }

    fn question(&self, from: &SignedQuestion) -> Result<Question> {
        let kind = match (from.kind.as_str(), from.bounds) {
            ("one", None) => Kind::One,
            ("many", None) => Kind::Many,
            ("number", Some((min, max))) => Kind::Number { min, max },
            _ => bail!("`{}` has no kind that is known", from.id),
        };
        let choice = |id: &String| Choice { id: OptionId::new(id), label: id.clone(), examples: String::new() };
        let clear = from.clear.as_ref().map(|clear| from.option(clear)).transpose()?;
        Ok(Question {
            id: QuestionId::new(&from.id),
            print: String::new(),
            step: self.step(&from.step)?,
            kind,
            ask_when: from.ask_when.as_ref().map(|when| self.condition(when)).transpose()?,
            fresh_for: from.fresh_for_minutes,
            ends: from.set(&from.ends_check)?,
            exclusive: from.set(&from.exclusive)?,
            clear: clear.unwrap_or_default(),
            warning_signs: from.warning_signs,
            private: from.private,
            text: from.id.clone(),
            why: String::new(),
            hint: String::new(),
            topic: from.id.clone(),
            options: from.options.iter().map(choice).collect(),
        })
    }

    fn condition(&self, from: &SignedCondition) -> Result<Condition> {
        let place = |id: &String| {
            let place = self.questions.iter().position(|question| question.id == *id);
            place.with_context(|| format!("there is no question `{id}`"))
        };
        let set = |id: &String, options: &[String]| -> Result<(usize, Options)> {
            let place = place(id)?;
            let question = self.questions.get(place).context("no question")?;
            Ok((place, question.set(options)?))
        };
        let all = |parts: &[SignedCondition]| {
            parts.iter().map(|part| self.condition(part)).collect::<Result<Vec<Condition>>>()
        };
        Ok(match from {
            SignedCondition::AnyOf { question, any_of } => {
                let (place, options) = set(question, any_of)?;
                Condition::AnyOf(place, options)
            }
            SignedCondition::AllOf { question, all_of } => {
                let (place, options) = set(question, all_of)?;
                Condition::AllOf(place, options)
            }
            SignedCondition::AtLeast { question, at_least } => Condition::AtLeast(place(question)?, *at_least),
            SignedCondition::AtMost { question, at_most } => Condition::AtMost(place(question)?, *at_most),
            SignedCondition::All { all: parts } => Condition::All(all(parts)?),
            SignedCondition::Any { any: parts } => Condition::Any(all(parts)?),
            SignedCondition::Not { not: part } => Condition::Not(Box::new(self.condition(part)?)),
        })
    }
}

impl SignedOutcome {
    fn to_outcome(&self) -> Result<Outcome> {
        let stops = self.stops.as_ref().map(|word| {
            let known = [Stops::Anywhere, Stops::FirstStep].into_iter().find(|stops| stops_word(*stops) == word);
            known.with_context(|| format!("nothing stops `{word}`"))
        });
        Ok(Outcome {
            id: OutcomeId::new(&self.id),
            title: self.id.clone(),
            lead: String::new(),
            shown_incomplete: self.shown_incomplete,
            stops: stops.transpose()?,
            book: self.book,
            self_care: false,
            look: Look::Clear,
        })
    }
}

impl SignedQuestion {
    fn option(&self, id: &str) -> Result<usize> {
        let place = self.options.iter().position(|option| option == id);
        place.with_context(|| format!("`{}` has no option `{id}`", self.id))
    }

    fn set(&self, ids: &[String]) -> Result<Options> {
        ids.iter().try_fold(Options::NONE, |set, id| Ok(set.with(Options::one(self.option(id)?))))
    }
}

/// How a stop is written in content.
pub fn stops_word(stops: Stops) -> &'static str {
    match stops {
        Stops::Anywhere => "anywhere",
        Stops::FirstStep => "first_step",
    }
}

fn known<T: Copy>(word: Option<&String>, all: &[T], text: impl Fn(T) -> &'static str) -> Result<Option<T>> {
    let find = |word: &String| {
        let found = all.iter().copied().find(|item| text(*item) == word);
        found.with_context(|| format!("`{word}` is not known"))
    };
    word.map(find).transpose()
}

fn ids(question: &Question, set: Options) -> Vec<String> {
    set.places().filter_map(|place| question.options.get(place)).map(|option| option.id.to_string()).collect()
}

fn condition(check: &Check, when: &Condition) -> SignedCondition {
    let name = |place: &usize| check.questions.get(*place).map(|question| question.id.to_string()).unwrap_or_default();
    let set = |place: &usize, options: &Options| {
        check.questions.get(*place).map(|question| ids(question, *options)).unwrap_or_default()
    };
    let all = |parts: &[Condition]| parts.iter().map(|part| condition(check, part)).collect();
    match when {
        Condition::AnyOf(place, options) => {
            SignedCondition::AnyOf { question: name(place), any_of: set(place, options) }
        }
        Condition::AllOf(place, options) => {
            SignedCondition::AllOf { question: name(place), all_of: set(place, options) }
        }
        Condition::AtLeast(place, least) => SignedCondition::AtLeast { question: name(place), at_least: *least },
        Condition::AtMost(place, most) => SignedCondition::AtMost { question: name(place), at_most: *most },
        Condition::All(parts) => SignedCondition::All { all: all(parts) },
        Condition::Any(parts) => SignedCondition::Any { any: all(parts) },
        Condition::Not(part) => SignedCondition::Not { not: Box::new(condition(check, part)) },
    }
}
