use std::fmt;

use serde::{Serialize, Serializer};

/// A number of answer sets: exact, however large.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count(Vec<u32>);

/// Each part of a count is below this.
const BASE: u64 = 1_000_000_000;

impl Count {
    /// A small number.
    pub fn of(number: u64) -> Self {
        let mut parts = Vec::new();
        let mut rest = number;
        while rest > 0 {
            parts.push(u32::try_from(rest % BASE).unwrap_or_default());
            rest /= BASE;
        }
        Self(parts)
    }

    /// None at all.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut parts = Vec::new();
        let mut carry = 0;
        for place in 0..self.0.len().max(other.0.len()) {
            let at = |count: &Self| u64::from(count.0.get(place).copied().unwrap_or(0));
            let sum = at(self) + at(other) + carry;
            parts.push(u32::try_from(sum % BASE).unwrap_or_default());
            carry = sum / BASE;
        }
        if carry > 0 {
            parts.push(u32::try_from(carry).unwrap_or_default());
        }
        Self(parts)
    }

    /// So many times.
    #[must_use]
    pub fn times(&self, factor: u64) -> Self {
        let mut parts = Vec::new();
        let mut carry = 0_u128;
        for part in &self.0 {
            let product = u128::from(*part) * u128::from(factor) + carry;
            parts.push(u32::try_from(product % u128::from(BASE)).unwrap_or_default());
            carry = product / u128::from(BASE);
        }
        while carry > 0 {
            parts.push(u32::try_from(carry % u128::from(BASE)).unwrap_or_default());
            carry /= u128::from(BASE);
        }
        if factor == 0 { Self::default() } else { Self(parts) }
    }

    /// About how many: `1.2 × 10^34`, or all digits where they are few.
    pub fn about(&self) -> String {
        let digits = self.to_string();
        if digits.len() <= 12 {
            return digits;
        }
        format!("{}.{} × 10^{}", &digits[..1], &digits[1..2], digits.len() - 1)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, rest)) = self.0.split_last() else { return f.write_str("0") };
        write!(f, "{first}")?;
        rest.iter().rev().try_for_each(|part| write!(f, "{part:09}"))
    }
}

/// As a text: most programs read no number of so many digits.
impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn large_numbers_are_exact() {
        let mut count = Count::of(1);
        for factor in 1..=30 {
            count = count.times(factor);
        }
        assert_eq!(count.to_string(), "265252859812191058636308480000000");
        assert_eq!(count.plus(&Count::of(u64::MAX)).to_string(), "265252859812209505380382189551615");
        assert_eq!(count.about(), "2.6 × 10^32");
        assert_eq!((Count::of(0).to_string().as_str(), Count::of(0).is_zero()), ("0", true));
        assert!(count.times(0).is_zero());
    }
}
