//! Records of earlier programs and books open for ever, with any later book.

mod make;
