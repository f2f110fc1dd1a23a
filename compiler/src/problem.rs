//! Problems in content files: what is wrong, where, and how to mend it. All are collected, none is thrown.

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use std::cell::RefCell;
use std::fmt;
use std::io::IsTerminal;
use std::ops::Range;
use std::rc::Rc;

/// A content file, and the list its problems go to.
#[derive(Debug)]
pub struct File {
    /// Its path below the content folder.
    pub path: String,
    /// Its text.
    pub text: String,
    problems: Problems,
}

/// Collects problems. Clones share one list.
#[derive(Clone, Debug, Default)]
pub struct Problems(Rc<RefCell<Vec<Problem>>>);

/// Something wrong in a content file.
#[derive(Clone, Debug)]
pub struct Problem {
    at: At,
    what: String,
    help: String,
}

/// A place in a content file.
#[derive(Clone, Debug)]
pub struct At {
    file: Rc<File>,
    span: Range<usize>,
}

/// A value, and where it stands.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// Where.
    pub at: At,
    /// What.
    pub value: T,
}

impl File {
    /// A file whose problems go to `problems`.
    pub fn new(path: impl Into<String>, text: impl Into<String>, problems: &Problems) -> Rc<Self> {
        Rc::new(Self { path: path.into(), text: text.into(), problems: problems.clone() })
    }

    /// A place in the file.
    pub fn at(self: &Rc<Self>, span: Range<usize>) -> At {
        At { file: Rc::clone(self), span }
    }
}

impl At {
    /// Reports what is wrong here and how to mend it.
    pub fn report(&self, what: impl Into<String>, help: impl Into<String>) {
        let problem = Problem { at: self.clone(), what: what.into(), help: help.into() };
        self.file.problems.0.borrow_mut().push(problem);
    }

    /// A value that stands here.
    pub fn with<T>(&self, value: T) -> Located<T> {
        Located { at: self.clone(), value }
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.file.text.get(..self.span.start).map_or(1, |before| before.matches('\n').count() + 1)
    }

    /// The text that stands here.
    pub fn text(&self) -> &str {
        self.file.text.get(self.span.clone()).unwrap_or_default()
    }

    /// The path of the file.
    pub fn path(&self) -> &str {
        &self.file.path
    }
}

impl Problems {
    /// Every problem so far, by file and line.
    pub fn all(&self) -> Vec<Problem> {
        let mut all = self.0.borrow().clone();
        all.sort_by(|a, b| (a.at.path(), a.at.span.start, &a.what).cmp(&(b.at.path(), b.at.span.start, &b.what)));
        all.dedup_by(|a, b| a.at.path() == b.at.path() && a.at.span == b.at.span && a.what == b.what);
        all
    }

    /// Whether there is one in the file of this path.
    pub fn has(&self, path: &str) -> bool {
        self.has_like(|known| known == path)
    }

    /// Whether there is one in a file whose path is like this.
    pub fn has_like(&self, like: impl Fn(&str) -> bool) -> bool {
        self.0.borrow().iter().any(|problem| like(problem.at.path()))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// All of them as a person reads them on a terminal.
    pub fn rendered(&self) -> String {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(110);
        let mut text = String::new();
        for problem in self.all() {
            if handler.render_report(&mut text, &Shown::new(&problem)).is_err() {
                text.push_str(&problem.to_string());
            }
            text.push('\n');
        }
        text
    }
}

impl Problem {
    /// The path of its file.
    pub fn path(&self) -> &str {
        self.at.path()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {} ({})", self.at.path(), self.at.line(), self.what, self.help)
    }
}

/// A problem in the form the renderer wants.
#[derive(Debug)]
struct Shown {
    source: NamedSource<String>,
    problem: Problem,
}

impl Shown {
    fn new(problem: &Problem) -> Self {
        let file = &problem.at.file;
        Self { source: NamedSource::new(&file.path, file.text.clone()), problem: problem.clone() }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.problem.what)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.problem.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.problem.at.span.clone();
        Some(Box::new(std::iter::once(LabeledSpan::new(None, span.start, span.len()))))
    }
}
