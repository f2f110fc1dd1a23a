//! Boolean functions as a circuit of "and" and "not": one form for the solver, the diagrams and plain evaluation.

use std::collections::{BTreeSet, HashMap, HashSet};

/// A function: a gate, or its opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bit(u32);

/// What stands at a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Always true.
    Truth,
    /// The variable of this number.
    Var(usize),
    /// Both hold.
    And(Bit, Bit),
}

/// Gates, each after those it is made of; no two are alike.
#[derive(Clone, Debug)]
pub struct Circuit {
    gates: Vec<Gate>,
    known: HashMap<(Bit, Bit), Bit>,
    vars: Vec<Bit>,
}

impl Bit {
    /// Always true.
    pub const TRUE: Self = Self(0);
    /// Never true.
    pub const FALSE: Self = Self(1);

    /// Whether it is the opposite of its gate.
    pub fn is_not(self) -> bool {
        self.0 & 1 == 1
    }

    /// The number of its gate.
    pub fn gate(self) -> usize {
        usize::try_from(self.0 >> 1).unwrap_or(usize::MAX)
    }
}

impl std::ops::Not for Bit {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

impl Default for Circuit {
    fn default() -> Self {
        Self { gates: vec![Gate::Truth], known: HashMap::new(), vars: Vec::new() }
    }
}

impl Circuit {
    fn add(&mut self, gate: Gate) -> Bit {
        let number = u32::try_from(self.gates.len()).unwrap_or(u32::MAX >> 1);
        self.gates.push(gate);
        Bit(number << 1)
    }

    /// A new variable.
    pub fn new_var(&mut self) -> Bit {
        let bit = self.add(Gate::Var(self.vars.len()));
        self.vars.push(bit);
        bit
    }

    /// The variables, by their numbers.
    pub fn vars(&self) -> &[Bit] {
        &self.vars
    }

    /// What stands at the gate of a function.
    pub fn at(&self, bit: Bit) -> Gate {
        self.gates.get(bit.gate()).copied().unwrap_or(Gate::Truth)
    }

    /// Every gate, in order.
    pub fn gates(&self) -> &[Gate] {
        &self.gates
    }

    /// Both hold.
    pub fn and(&mut self, a: Bit, b: Bit) -> Bit {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        match (a, b) {
            (Bit::FALSE, _) | (_, Bit::FALSE) => Bit::FALSE,
            (Bit::TRUE, other) | (other, Bit::TRUE) => other,
            _ if a == b => a,
            _ if a == !b => Bit::FALSE,
            pair => {
                if let Some(known) = self.known.get(&pair) {
                    return *known;
                }
                let bit = self.add(Gate::And(a, b));
                self.known.insert(pair, bit);
                bit
            }
        }
    }

    /// At least one holds.
    pub fn or(&mut self, a: Bit, b: Bit) -> Bit {
        !self.and(!a, !b)
    }

    /// The first decides which of the others counts.
    pub fn choose(&mut self, which: Bit, yes: Bit, no: Bit) -> Bit {
        let (yes, no) = (self.and(which, yes), self.and(!which, no));
        self.or(yes, no)
    }

    /// The two differ.
    pub fn differ(&mut self, a: Bit, b: Bit) -> Bit {
        self.choose(a, !b, b)
    }

    /// All hold; true of none.
    pub fn all(&mut self, bits: impl IntoIterator<Item = Bit>) -> Bit {
        bits.into_iter().fold(Bit::TRUE, |all, bit| self.and(all, bit))
    }

    /// At least one holds; false of none.
    pub fn any(&mut self, bits: impl IntoIterator<Item = Bit>) -> Bit {
        bits.into_iter().fold(Bit::FALSE, |any, bit| self.or(any, bit))
    }

    /// Exactly one holds.
    pub fn one(&mut self, bits: impl IntoIterator<Item = Bit>) -> Bit {
        let (mut some, mut two) = (Bit::FALSE, Bit::FALSE);
        for bit in bits {
            let again = self.and(some, bit);
            two = self.or(two, again);
            some = self.or(some, bit);
        }
        self.and(some, !two)
    }

    /// By place: at least one holds, at least two, … up to `most`.
    pub fn counted(&mut self, bits: impl IntoIterator<Item = Bit>, most: usize) -> Vec<Bit> {
        let mut least = vec![Bit::FALSE; most];
        for bit in bits {
            let mut fewer = Bit::TRUE;
            for level in &mut least {
                let now = *level;
                let more = self.and(bit, fewer);
                *level = self.or(now, more);
                fewer = now;
            }
        }
        least
    }

    /// The functions with some variables put to other functions.
    pub fn with_all(&mut self, bits: &[Bit], put: &HashMap<usize, Bit>) -> Vec<Bit> {
        let needed = self.below(bits);
        let mut made: HashMap<usize, Bit> = HashMap::with_capacity(needed.len());
        let of = |made: &HashMap<usize, Bit>, bit: Bit| {
            let gate = made.get(&bit.gate()).copied().unwrap_or(Bit::TRUE);
            if bit.is_not() { !gate } else { gate }
        };
        for gate in needed {
            let here = Bit(u32::try_from(gate).unwrap_or_default() << 1);
            let new = match self.at(here) {
                Gate::Truth => Bit::TRUE,
                Gate::Var(var) => put.get(&var).copied().unwrap_or(here),
                Gate::And(a, b) => self.and(of(&made, a), of(&made, b)),
            };
            made.insert(gate, new);
        }
        bits.iter().map(|bit| of(&made, *bit)).collect()
    }

    /// The gates some functions are made of, in order.
    pub fn below(&self, bits: &[Bit]) -> Vec<usize> {
        let mut seen = HashSet::new();
        let mut open: Vec<Bit> = bits.to_vec();
        while let Some(bit) = open.pop() {
            if seen.insert(bit.gate())
                && let Gate::And(a, b) = self.at(bit)
            {
                open.extend([a, b]);
            }
        }
        let mut gates: Vec<usize> = seen.into_iter().collect();
        gates.sort_unstable();
        gates
    }

    /// The variables a function looks at.
    pub fn support(&self, bits: &[Bit]) -> BTreeSet<usize> {
        let vars = self.below(bits).into_iter().filter_map(|gate| match self.gates.get(gate) {
            Some(Gate::Var(var)) => Some(*var),
            _ => None,
        });
        vars.collect()
    }

    /// Variables by which a function can only rise, and by which it can only fall; one that is in neither set, it does
    /// not look at, and one in both may do either.
    pub fn directions(&self, bits: &[Bit]) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let mut seen = HashSet::new();
        let mut open: Vec<Bit> = bits.to_vec();
        let (mut rising, mut falling) = (BTreeSet::new(), BTreeSet::new());
        while let Some(bit) = open.pop() {
            if !seen.insert(bit) {
                continue;
            }
            match self.at(bit) {
                Gate::Truth => {}
                Gate::Var(var) if bit.is_not() => _ = falling.insert(var),
                Gate::Var(var) => _ = rising.insert(var),
                Gate::And(a, b) if bit.is_not() => open.extend([!a, !b]),
                Gate::And(a, b) => open.extend([a, b]),
            }
        }
        (rising, falling)
    }

    /// The value of every gate for 64 assignments at once: each bit of a word is one.
    pub fn evaluate(&self, vars: &[u64]) -> Values {
        let mut values = Values(Vec::with_capacity(self.gates.len()));
        for gate in &self.gates {
            let value = match gate {
                Gate::Truth => !0,
                Gate::Var(var) => vars.get(*var).copied().unwrap_or_default(),
                Gate::And(a, b) => values.of(*a) & values.of(*b),
            };
            values.0.push(value);
        }
        values
    }
}

/// Values of gates, for 64 assignments at once.
#[derive(Clone, Debug)]
pub struct Values(Vec<u64>);

impl Values {
    /// The values of a function.
    pub fn of(&self, bit: Bit) -> u64 {
        let value = self.0.get(bit.gate()).copied().unwrap_or_default();
        if bit.is_not() { !value } else { value }
    }
}
