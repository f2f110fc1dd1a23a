//! Counts assignments, exactly: a decision diagram of a conjunction, built within a limit.

use crate::proof::circuit::{Bit, Circuit, Gate};
use num_bigint::BigUint;
use oxidd::bcdd::{BCDDFunction, BCDDManagerRef, new_manager};
use oxidd::util::OutOfMemory;
use oxidd::{BooleanFunction, Manager, ManagerRef};
use std::collections::HashMap;

/// How large a diagram may get, in nodes; a node takes about 30 bytes with all that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Limit(pub usize);

/// Something does not fit within the limit: the variable at whose parts that was found, where one is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge(pub Option<usize>);

impl From<OutOfMemory> for TooLarge {
    fn from(_: OutOfMemory) -> Self {
        Self(None)
    }
}

/// A diagram as a plain list of nodes, each after those below it; the first two are false and true.
#[derive(Clone, Debug)]
pub struct Diagram {
    nodes: Vec<Node>,
    top: usize,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    var: usize,
    yes: usize,
    no: usize,
}

/// Nodes beyond which a finished diagram is not counted: each has a number of hundreds of digits beside it.
const MOST_COUNTED: usize = 1_000_000;

/// The diagram of the conjunction of `parts`. Parts are added from the last variable to the first: what is built then
/// grows at its top and shares what is below.
///
/// # Errors
/// Where it does not fit within the limit. A small limit is tried first: room has to be set aside before.
pub fn diagram(circuit: &Circuit, parts: &[Bit], limit: Limit) -> Result<Diagram, TooLarge> {
    let mut room = 1 << 16;
    loop {
        let made = within(circuit, parts, room.min(limit.0));
        if made.is_ok() || room >= limit.0 {
            return made;
        }
        room *= 8;
    }
}

fn within(circuit: &Circuit, parts: &[Bit], room: usize) -> Result<Diagram, TooLarge> {
    let manager = new_manager(room, room / 2, 1);
    let count = u32::try_from(circuit.vars().len()).map_err(|_| TooLarge(None))?;
    manager.with_manager_exclusive(|manager| _ = manager.add_vars(count));
    let mut parts: Vec<(Option<usize>, Bit)> =
        parts.iter().map(|part| (circuit.support(&[*part]).first().copied(), *part)).collect();
    parts.sort_by_key(|(top, _)| std::cmp::Reverse(*top));
    let mut whole = manager.with_manager_shared(|manager| BCDDFunction::t(manager));
    let mut made = HashMap::new();
    let mut first = usize::MAX;
    for (top, part) in parts {
        // What was made for parts further down is seldom needed again, and takes room.
        if top.is_some_and(|top| top < first) {
            first = top.unwrap_or_default();
            made.clear();
        }
        let next = function(&manager, circuit, part, &mut made);
        let next = next.and_then(|next| Ok(whole.and(&next)?));
        whole = next.map_err(|_| TooLarge(top))?;
    }
    flat(&manager, &whole)
}

fn function(
    manager: &BCDDManagerRef,
    circuit: &Circuit,
    bit: Bit,
    made: &mut HashMap<usize, BCDDFunction>,
) -> Result<BCDDFunction, TooLarge> {
    for gate in circuit.below(&[bit]) {
        if made.contains_key(&gate) {
            continue;
        }
        let of = |bit: Bit| -> Result<BCDDFunction, TooLarge> {
            let gate = made.get(&bit.gate()).ok_or(TooLarge(None))?;
            Ok(if bit.is_not() { gate.not()? } else { gate.clone() })
        };
        let new = match circuit.gates().get(gate) {
            Some(Gate::Var(var)) => {
                let var = u32::try_from(*var).map_err(|_| TooLarge(None))?;
                manager.with_manager_shared(|manager| BCDDFunction::var(manager, var))?
            }
            Some(Gate::And(a, b)) => of(*a)?.and(&of(*b)?)?,
            Some(Gate::Truth) | None => manager.with_manager_shared(|manager| BCDDFunction::t(manager)),
        };
        made.insert(gate, new);
    }
    let gate = made.get(&bit.gate()).ok_or(TooLarge(None))?;
    Ok(if bit.is_not() { gate.not()? } else { gate.clone() })
}

/// Writes a diagram out as a list.
#[allow(clippy::mutable_key_type, reason = "a function is known by its node, which does not change while it is held")]
fn flat(manager: &BCDDManagerRef, whole: &BCDDFunction) -> Result<Diagram, TooLarge> {
    let (no, yes) = manager.with_manager_shared(|manager| (BCDDFunction::f(manager), BCDDFunction::t(manager)));
    let end = Node { var: usize::MAX, yes: 0, no: 0 };
    let mut nodes = vec![end, end];
    let mut places: HashMap<BCDDFunction, usize> = [(no, 0), (yes, 1)].into();
    let mut open = vec![whole.clone()];
    while let Some(function) = open.last().cloned() {
        if places.contains_key(&function) {
            open.pop();
            continue;
        }
        let Some((yes, no)) = function.cofactors() else { return Err(TooLarge(None)) };
        if let (Some(yes), Some(no)) = (places.get(&yes).copied(), places.get(&no).copied()) {
            let var = usize::try_from(var_of(&function)).map_err(|_| TooLarge(None))?;
            if nodes.len() >= MOST_COUNTED {
                return Err(TooLarge(widest(&nodes)));
            }
            places.insert(function, nodes.len());
            nodes.push(Node { var, yes, no });
            open.pop();
        } else {
            open.extend([yes, no]);
        }
    }
    let top = places.get(whole).copied().ok_or(TooLarge(None))?;
    Ok(Diagram { nodes, top })
}

/// The variable with the most nodes.
fn widest(nodes: &[Node]) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for node in nodes {
        *counts.entry(node.var).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(var, count)| (*count, *var)).map(|(var, _)| var)
}

fn var_of(function: &BCDDFunction) -> u32 {
    use oxidd::{Function, HasLevel};
    function.with_manager_shared(|manager, edge| match manager.get_node(edge) {
        oxidd::Node::Inner(node) => manager.level_to_var(node.level()),
        oxidd::Node::Terminal(_) => u32::MAX,
    })
}

impl Diagram {
    /// Whether it is true of an assignment.
    pub fn holds(&self, model: &[bool]) -> bool {
        let mut place = self.top;
        while let Some(node) = self.nodes.get(place).filter(|_| place > 1) {
            let yes = model.get(node.var).copied().unwrap_or_default();
            place = if yes { node.yes } else { node.no };
        }
        place == 1
    }

    /// The number of assignments it is true of. A true variable counts as often as its weight says; one without a
    /// weight is no variable at all.
    pub fn count(&self, weights: &[Option<u64>]) -> BigUint {
        let free: Vec<u64> = weights.iter().map(|weight| weight.map_or(1, |weight| weight + 1)).collect();
        let skipped = |from: usize, to: usize| -> BigUint {
            let between = free.iter().take(to.min(free.len())).skip(from);
            between.fold(BigUint::from(1_u8), |all, weight| if *weight == 1 { all } else { all * *weight })
        };
        let mut counts = vec![BigUint::ZERO, BigUint::from(1_u8)];
        for node in self.nodes.iter().skip(2) {
            let below = |place: usize| {
                let var = self.nodes.get(place).map_or(usize::MAX, |node| node.var);
                counts.get(place).map(|count| count * skipped(node.var + 1, var)).unwrap_or_default()
            };
            let weight = weights.get(node.var).copied().flatten().unwrap_or(1);
            let count = below(node.yes) * weight + below(node.no);
            counts.push(count);
        }
        let var = self.nodes.get(self.top).map_or(usize::MAX, |node| node.var);
        counts.get(self.top).map(|count| count * skipped(0, var)).unwrap_or_default()
    }
}
