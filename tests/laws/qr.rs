//! The laws of a QR picture: square by square it is what another program draws.

use crate::config;
use mesocheck::engine::qr::Picture;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// What the other program draws with each mask; `None` where the text is too long for version 20.
fn theirs(address: &str, code: &str) -> Option<Vec<Vec<Vec<bool>>>> {
    let parts = [QrSegment::make_bytes(address.as_bytes()), QrSegment::make_alphanumeric(code)];
    let draw = |mask| {
        let (first, last) = (Version::new(1), Version::new(20));
        let made =
            QrCode::encode_segments_advanced(&parts, QrCodeEcc::Medium, first, last, Some(Mask::new(mask)), false);
        let made = made.ok()?;
        let row = |y| (0..made.size()).map(|x| made.get_module(x, y)).collect();
        Some((0..made.size()).map(row).collect())
    };
    (0..8).map(draw).collect()
}

fn ours(address: &str, code: &str) -> Option<Vec<Vec<bool>>> {
    let picture = Picture::of(address, code)?;
    let rows: Vec<Vec<bool>> = picture.rows().map(|row| row.iter().map(|square| square % 2 == 1).collect()).collect();
    assert!(rows.len() == picture.size && rows.iter().all(|row| row.len() == picture.size));
    Some(rows)
}

fn boxes(rows: &[Vec<bool>]) -> usize {
    let places = (1..rows.len()).flat_map(|y| (1..rows.len()).map(move |x| (x, y)));
    let alike = |(x, y): &(usize, usize)| {
        let corner = rows[*y][*x];
        rows[*y - 1][*x] == corner && rows[*y][*x - 1] == corner && rows[*y - 1][*x - 1] == corner
    };
    places.filter(alike).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..config() })]

    #[test]
    fn a_picture_is_what_another_program_draws_and_has_few_boxes(
        address in "[a-z:/.#0-9]{0,300}|.{0,100}", code in "[0-9A-Z]{0,400}",
    ) {
        let (ours, theirs) = (ours(&address, &code), theirs(&address, &code));
        prop_assert_eq!(ours.is_some(), theirs.is_some());
        if let (Some(ours), Some(theirs)) = (ours, theirs) {
            prop_assert!(theirs.contains(&ours), "{} {}", address, code);
            prop_assert!(theirs.iter().all(|other| boxes(&ours) <= boxes(other)));
        }
    }
}

#[test]
fn every_version_is_taken_as_long_as_it_holds_the_text_and_is_what_another_program_draws() {
    let text = "a".repeat(700);
    let lengths: Vec<usize> = (0..text.len()).collect();
    let size = |length: usize| ours(&text[..length], "A1").map_or(usize::MAX, |rows| rows.len());
    for version in 1..=20 {
        // The last text this version holds, and the first it does not.
        let longer = lengths.partition_point(|length| size(*length) <= version * 4 + 17);
        assert_eq!(size(longer - 1), version * 4 + 17);
        for address in [&text[..longer - 1], &text[..longer]] {
            let (ours, theirs) = (ours(address, "A1"), theirs(address, "A1"));
            assert_eq!(ours.is_some(), theirs.is_some(), "{longer}");
            assert!(ours.is_none_or(|ours| theirs.is_some_and(|theirs| theirs.contains(&ours))), "{longer}");
        }
    }
}
