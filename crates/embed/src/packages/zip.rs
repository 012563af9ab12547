//! A zip file (APPNOTE 6.3), as much of it as a wheel needs: small files, packed by deflate, all
//! of the first day that the form knows, so that the same files make the same zip file.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::File;

/// The first of January 1980.
const DAY: u16 = 0x21;

/// Needs version 2.0 to be read, which has deflate; names are UTF-8.
const NEEDS: [u16; 3] = [20, 0x0800, 8];

/// Packs files, in this order.
pub(super) fn zip(files: &[File]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (path, file) in files {
        let start = len(&bytes);
        let packed = deflated(file);
        let mut crc = Crc::new();
        crc.update(file);
        let mut about: Vec<u8> = NEEDS.iter().chain(&[0, DAY]).flat_map(|word| word.to_le_bytes()).collect();
        about.extend([crc.sum(), len(&packed), len(file)].iter().flat_map(|word| word.to_le_bytes()));
        about.extend(u16::try_from(path.len()).unwrap_or_default().to_le_bytes());
        about.extend([0; 2]);
        for (to, sign, rest) in [(&mut bytes, b"PK\x03\x04", &[][..]), (&mut list, b"PK\x01\x02", &[0; 10])] {
            to.extend(sign);
            if !rest.is_empty() {
                // Made by version 2.0, on no system in particular.
                to.extend(20_u16.to_le_bytes());
            }
            to.extend(&about);
            to.extend(rest);
        }
        list.extend(start.to_le_bytes());
        for to in [&mut bytes, &mut list] {
            to.extend(path.as_bytes());
        }
        bytes.extend(packed);
    }
    let (start, size) = (len(&bytes), len(&list));
    let count = u16::try_from(files.len()).unwrap_or_default().to_le_bytes();
    bytes.extend(list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend([size, start].iter().flat_map(|word| word.to_le_bytes()));
    bytes.extend([0; 2]);
    bytes
}

fn deflated(file: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    encoder.write_all(file).and_then(|()| encoder.finish()).unwrap_or_default()
}

fn len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}
