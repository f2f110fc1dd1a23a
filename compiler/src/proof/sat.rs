//! Asks whether a function of the circuit can be true: a SAT solver, told of gates as they are needed.

use crate::proof::circuit::{Bit, Circuit, Gate};
use batsat::{BasicSolver, Lit, SolverInterface, lbool};
use std::collections::HashMap;
use std::sync::Arc;

/// A solver that knows a part of a circuit.
#[derive(Default)]
pub struct Sat {
    solver: BasicSolver,
    known: HashMap<usize, Lit>,
    /// Answers to questions asked before, here or about a circuit this one began as.
    answered: HashMap<Vec<Bit>, bool>,
    before: Option<Arc<HashMap<Vec<Bit>, bool>>>,
}

/// An assignment, by the number of the variable. What the solver never heard of is false.
pub type Model = Vec<bool>;

impl Sat {
    /// An assignment for which all these functions are true, if there is one.
    pub fn find(&mut self, circuit: &Circuit, all: &[Bit]) -> Option<Model> {
        let wanted: Vec<Lit> = all.iter().map(|bit| self.literal(circuit, *bit)).collect();
        if self.solver.solve_limited(&wanted) != lbool::TRUE {
            return None;
        }
        let value =
            |bit: &Bit| self.known.get(&bit.gate()).is_some_and(|lit| self.solver.value_lit(*lit) == lbool::TRUE);
        Some(circuit.vars().iter().map(value).collect())
    }

    /// One that knows what was answered about a circuit from which another one grows.
    pub fn after(before: &Arc<HashMap<Vec<Bit>, bool>>) -> Self {
        Self { before: Some(Arc::clone(before)), ..Self::default() }
    }

    /// Begins anew with what was answered in mind: a solver told of much is slow, whatever it is asked.
    pub fn refresh(&mut self) {
        let answered = std::mem::take(&mut self.answered);
        *self = Self { answered, before: self.before.take(), ..Self::default() };
    }

    /// What was answered.
    pub fn answers(self) -> Arc<HashMap<Vec<Bit>, bool>> {
        Arc::new(self.answered)
    }

    /// Whether all these functions can be true together.
    pub fn can(&mut self, circuit: &Circuit, all: &[Bit]) -> bool {
        let before = self.before.as_ref().and_then(|before| before.get(all));
        if let Some(known) = before.or_else(|| self.answered.get(all)) {
            return *known;
        }
        let wanted: Vec<Lit> = all.iter().map(|bit| self.literal(circuit, *bit)).collect();
        let can = self.solver.solve_limited(&wanted) == lbool::TRUE;
        self.answered.insert(all.to_vec(), can);
        can
    }

    fn literal(&mut self, circuit: &Circuit, bit: Bit) -> Lit {
        if !self.known.contains_key(&bit.gate()) {
            self.tell(circuit, bit);
        }
        let lit = self.known.get(&bit.gate()).copied().unwrap_or(Lit::UNDEF);
        if bit.is_not() { !lit } else { lit }
    }

    /// Tells the solver of the gates below a function that it does not know yet, each as clauses of its own.
    fn tell(&mut self, circuit: &Circuit, bit: Bit) {
        let mut open = vec![(bit, false)];
        while let Some((bit, below_known)) = open.pop() {
            if self.known.contains_key(&bit.gate()) {
                continue;
            }
            if let (Gate::And(a, b), false) = (circuit.at(bit), below_known) {
                open.extend([(bit, true), (a, false), (b, false)]);
                continue;
            }
            // Gates follow from the variables: only those are decided on.
            let decided = matches!(circuit.at(bit), Gate::Var(_));
            let lit = Lit::new(self.solver.new_var(lbool::UNDEF, decided), true);
            match circuit.at(bit) {
                Gate::Truth => _ = self.solver.add_clause_reuse(&mut vec![lit]),
                Gate::Var(_) => {}
                Gate::And(a, b) => {
                    let (a, b) = (self.literal(circuit, a), self.literal(circuit, b));
                    for mut clause in [vec![!lit, a], vec![!lit, b], vec![lit, !a, !b]] {
                        self.solver.add_clause_reuse(&mut clause);
                    }
                }
            }
            self.known.insert(bit.gate(), lit);
        }
    }
}
