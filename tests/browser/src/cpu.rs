//! Processor time, as Linux tells it in `/proc` (`man 5 proc_pid_stat`); nothing elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// Ticks a second: what `sysconf(_SC_CLK_TCK)` says on every Linux.
const TICKS: u64 = 100;

/// Processor time used so far.
#[derive(Debug)]
pub struct Cpu;

impl Cpu {
    /// By the thread that asks.
    pub fn of_this_thread() -> Duration {
        fs::read_to_string("/proc/thread-self/stat")
            .ok()
            .and_then(|stat| Stat::of(&stat))
            .map_or(Duration::ZERO, |stat| Duration::from_millis(stat.own * 1000 / TICKS))
    }

    /// By a process, all that it started, and all those that have ended.
    pub fn of_tree(root: u32) -> Duration {
        let Ok(all) = fs::read_dir("/proc") else { return Duration::ZERO };
        let read = |entry: fs::DirEntry| {
            let number: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((number, Stat::of(&fs::read_to_string(entry.path().join("stat")).ok()?)?))
        };
        let stats: BTreeMap<u32, Stat> = all.flatten().filter_map(read).collect();
        let mut ticks = 0;
        let mut open = vec![root];
        while let Some(process) = open.pop() {
            ticks += stats.get(&process).map_or(0, |stat| stat.own + stat.ended);
            open.extend(stats.iter().filter(|(_, stat)| stat.parent == process).map(|(number, _)| *number));
        }
        Duration::from_millis(ticks * 1000 / TICKS)
    }
}

/// What is told of one process.
struct Stat {
    parent: u32,
    /// Ticks of its own.
    own: u64,
    /// Ticks of those it started that have ended and were waited for.
    ended: u64,
}

impl Stat {
    /// The name comes second, in brackets, and may hold spaces and brackets itself.
    fn of(stat: &str) -> Option<Self> {
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |place: usize| fields.get(place)?.parse::<u64>().ok();
        Some(Self {
            parent: fields.get(1)?.parse().ok()?,
            own: ticks(11)? + ticks(12)?,
            ended: ticks(13)? + ticks(14)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::cpu::Stat;

    #[test]
    fn fields_are_found_behind_any_name() {
        let stat = Stat::of("7 (a) b) S 3 7 7 0 -1 0 1 2 3 4 11 12 13 14 20").unwrap();
        assert_eq!((stat.parent, stat.own, stat.ended), (3, 23, 27));
        assert!(Stat::of("").is_none());
    }
}
