//! Items below groups, each enabled when it is asked. An item is enabled only below enabled groups, so groups within
//! each other say that all their conditions must hold, also where each of them is an "any".

use crate::fhir::Writer;
use crate::fhir::clause::{Atom, Clause};
use crate::fhir::resource::{Behavior, Item, Type};
use anyhow::Result;

/// An item, and what must hold for it to be enabled.
#[derive(Debug)]
pub struct Node {
    /// The item, without conditions of its own.
    pub item: Item,
    /// Every one must hold.
    pub needs: Vec<Clause>,
}

impl Node {
    /// A group. What everything below needs is needed once, by the group: without anything to show, it is not shown.
    ///
    /// # Errors
    /// As [`Node::item`].
    pub fn group(group: Item, below: Vec<Self>, writer: &Writer<'_>) -> Result<Self> {
        let first = below.first().map(|node| node.needs.clone()).unwrap_or_default();
        let shared = |clause: &Clause| below.iter().all(|node| node.needs.contains(clause));
        let needs: Vec<Clause> = first.into_iter().filter(shared).collect();
        let own = |mut node: Self| {
            node.needs.retain(|clause| !needs.contains(clause));
            node.item(writer)
        };
        let item = below.into_iter().map(own).collect::<Result<_>>()?;
        Ok(Self { item: Item { item, ..group }, needs })
    }

    /// The item with its conditions: on itself what one list can say, the rest on groups around it.
    ///
    /// # Errors
    /// Where a condition cannot be written.
    pub fn item(self, writer: &Writer<'_>) -> Result<Item> {
        let (plain, wide): (Vec<Clause>, Vec<Clause>) = self.needs.into_iter().partition(|clause| clause.len() == 1);
        let plain: Vec<Atom> = plain.into_iter().flatten().collect();
        let wide = wide.into_iter().map(|clause| (clause.into_iter().collect(), Behavior::Any));
        let lists = (!plain.is_empty()).then_some((plain, Behavior::All)).into_iter().chain(wide);
        let lists: Vec<(Vec<Atom>, Behavior)> = lists.collect();
        let id = self.item.link_id.clone();
        let mut item = self.item;
        for (number, (atoms, behavior)) in lists.into_iter().rev().enumerate() {
            if number > 0 {
                let around = Item::new(format!("{id}.when.{number}"), Type::Group);
                item = Item { item: vec![item], ..around };
            }
            item.enable_behavior = (atoms.len() > 1).then_some(behavior);
            item.enable_when = atoms.into_iter().map(|atom| writer.enable_when(atom)).collect::<Result<_>>()?;
        }
        Ok(item)
    }
}
