//! The island: starts what the page holds, nothing else.

fn main() {
    mesocheck::browser::start();
}
