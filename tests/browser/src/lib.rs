//! Drives a real browser through the finished site.
