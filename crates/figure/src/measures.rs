//! How long and how thick the parts of the drawn person are. One person for all pictures.

/// Low back, waist to chest, chest: from the hip up.
pub(crate) const TRUNK: [f64; 3] = [16.0, 15.0, 15.0];
/// The trunk at the hip, above it, at the chest and at the shoulders.
pub(crate) const TRUNK_ROUND: [f64; 4] = [10.0, 9.0, 10.0, 8.5];
/// The shoulder joint is so far below the top of the trunk.
pub(crate) const SHOULDER_DOWN: f64 = 3.0;
/// From the top of the trunk to the middle of the head.
pub(crate) const NECK: f64 = 18.0;
pub(crate) const HEAD: f64 = 10.5;

pub(crate) const UPPER_ARM: f64 = 25.0;
pub(crate) const FOREARM: f64 = 23.0;
pub(crate) const HAND: f64 = 6.5;
/// Shoulder, elbow, wrist, fingers.
pub(crate) const ARM_ROUND: [f64; 4] = [6.0, 4.5, 3.5, 3.0];

pub(crate) const THIGH: f64 = 38.0;
pub(crate) const SHIN: f64 = 36.0;
/// Hip, knee, ankle.
pub(crate) const LEG_ROUND: [f64; 3] = [9.0, 6.5, 4.5];
/// From the ankle down to the sole.
pub(crate) const SOLE: f64 = 5.4;

/// How high things are.
pub(crate) const CHAIR: f64 = 34.0;
pub(crate) const CHAIR_BACK: f64 = 80.0;
pub(crate) const BED: f64 = 32.0;
pub(crate) const TABLE: f64 = 62.0;
pub(crate) const STEP: f64 = 14.0;
