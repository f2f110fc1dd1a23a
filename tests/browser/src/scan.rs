//! Reads a QR picture as another phone does: from what the screen shows, by code that did not draw it.

use crate::browser::Browser;
use rqrr::PreparedImage;

/// What a scan finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What the picture says.
    pub text: String,
    /// How many modules it is wide, without its margin.
    pub modules: usize,
    /// How many errors it can hold: 0 stands for M, 1 for L.
    pub correction: u16,
}

impl Browser {
    /// Scans the one QR picture in the window.
    pub fn scan(&self) -> Scan {
        self.run("document.querySelector('svg.qr').scrollIntoView({ block: 'center' })", &[]);
        let mut reader = png::Decoder::new(std::io::Cursor::new(self.screen())).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("its size")];
        let frame = reader.next_frame(&mut pixels).expect("its pixels");
        let (width, height) = (frame.width as usize, frame.height as usize);
        let colours = pixels.len() / (width * height);
        let mut picture =
            PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[(y * width + x) * colours]);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "QR pictures in the window of {width} pixels");
        let (about, text) = grids[0].decode().expect("a picture that can be read");
        Scan { text, modules: about.version.to_size(), correction: about.ecc_level }
    }
}
