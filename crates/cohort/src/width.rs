//! The widest vectors that this processor has.
//!
//! The only unsafe code of the crate: a function that was compiled for a processor is called
//! once it is known that this is such a processor. `care` compiles each step inside its caller,
//! so that the same few lines become SSE2, AVX2 or AVX-512 code here. A crate for it would be
//! larger than this file; on other machines (NEON) the plain code is already as wide as it gets.

#![allow(unsafe_code, reason = "code for a processor that was found to be there")]

use care::FindingId;
use care::circuit::{Circuit, Told, Work};

/// How wide the vectors are that blocks run on; there are only those that this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width(Vectors);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vectors {
    /// What every machine of its kind has.
    Plain,
    /// 256 bits.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 512 bits.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Width {
    /// Every width that this processor has, the widest last.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self(Vectors::Plain)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("popcnt") {
                all.push(Self(Vectors::Avx2));
            }
            let has_all = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vpopcntdq")
                && is_x86_feature_detected!("popcnt");
            if has_all {
                all.push(Self(Vectors::Avx512));
            }
        }
        all
    }

    /// The widest that this processor has.
    pub fn widest() -> Self {
        Self::all().pop().unwrap_or(Self(Vectors::Plain))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self.0 {
            Vectors::Plain => "plain",
            #[cfg(target_arch = "x86_64")]
            Vectors::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Vectors::Avx512 => "AVX-512",
        }
    }

    /// Runs a block: bounds and counts.
    ///
    /// # Panics
    ///
    /// If the block has not every input of the circuit.
    pub fn run(self, work: &mut Work, circuit: &Circuit, told: &[Told]) {
        match self.0 {
            Vectors::Plain => work.run(circuit, told),
            // SAFETY: `all` gives a width only where the processor has all that it needs.
            #[cfg(target_arch = "x86_64")]
            Vectors::Avx2 => unsafe { x86::run_avx2(work, circuit, told) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Vectors::Avx512 => unsafe { x86::run_avx512(work, circuit, told) },
        }
    }

    /// Runs a block and finds out in whom rules hold and which findings are missing.
    ///
    /// # Panics
    ///
    /// As [`Width::run`].
    pub fn run_in_full(self, work: &mut Work, circuit: &Circuit, askable: &[FindingId], told: &[Told]) {
        match self.0 {
            Vectors::Plain => in_full(work, circuit, askable, told),
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Vectors::Avx2 => unsafe { x86::in_full_avx2(work, circuit, askable, told) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Vectors::Avx512 => unsafe { x86::in_full_avx512(work, circuit, askable, told) },
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled again for each width of vectors, inside its caller")]
fn in_full(work: &mut Work, circuit: &Circuit, askable: &[FindingId], told: &[Told]) {
    work.run_and_keep_fired(circuit, told);
    work.find_missing(circuit, askable, told);
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Circuit, FindingId, Told, Work, in_full};

    #[target_feature(enable = "avx2,popcnt")]
    pub(super) fn run_avx2(work: &mut Work, circuit: &Circuit, told: &[Told]) {
        work.run(circuit, told);
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq,popcnt")]
    pub(super) fn run_avx512(work: &mut Work, circuit: &Circuit, told: &[Told]) {
        work.run(circuit, told);
    }

    #[target_feature(enable = "avx2,popcnt")]
    pub(super) fn in_full_avx2(work: &mut Work, circuit: &Circuit, askable: &[FindingId], told: &[Told]) {
        in_full(work, circuit, askable, told);
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq,popcnt")]
    pub(super) fn in_full_avx512(work: &mut Work, circuit: &Circuit, askable: &[FindingId], told: &[Told]) {
        in_full(work, circuit, askable, told);
    }
}
