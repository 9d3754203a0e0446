//! Lengths of time, as polars writes them.

/// Nanoseconds of a day on a clock that does not change.
pub(crate) const DAY: i64 = 24 * HOUR;
pub(crate) const HOUR: i64 = 3_600_000_000_000;

/// A length of time in calendar units: a month or a day has no fixed number of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    pub(crate) months: i64,
    pub(crate) weeks: i64,
    pub(crate) days: i64,
    pub(crate) nanoseconds: i64,
}

/// The longest length, in nanoseconds. Windows around times of 1900 to 2100 then stay within 64
/// bits.
const LONGEST: i64 = 51 * 366 * DAY;

impl Length {
    /// Reads a length such as `1h30m` or `-2d`: numbers with the units ns, us, ms, s, m, h, d, w,
    /// mo, q and y. Nothing if it is written in another way, or longer than fifty years.
    pub fn parse(text: &str) -> Option<Self> {
        let (back, mut rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut length = Self::default();
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit())?;
            let number: i64 = rest[..digits].parse().ok()?;
            rest = &rest[digits..];
            let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let (part, unit) = match &rest[..letters] {
                "ns" => (&mut length.nanoseconds, 1),
                "us" => (&mut length.nanoseconds, 1_000),
                "ms" => (&mut length.nanoseconds, 1_000_000),
                "s" => (&mut length.nanoseconds, 1_000_000_000),
                "m" => (&mut length.nanoseconds, 60_000_000_000),
                "h" => (&mut length.nanoseconds, HOUR),
                "d" => (&mut length.days, 1),
                "w" => (&mut length.weeks, 1),
                "mo" => (&mut length.months, 1),
                "q" => (&mut length.months, 3),
                "y" => (&mut length.months, 12),
                _ => return None,
            };
            *part = part.checked_add(number.checked_mul(unit)?)?;
            rest = &rest[letters..];
        }
        let fits = length.checked_most().is_some_and(|most| most <= LONGEST);
        fits.then(|| if back { length.times(-1) } else { length })
    }

    /// Whether it is longer than nothing, and all in months, in weeks, in days or in fixed units.
    pub(crate) fn is_of_one_kind(&self) -> bool {
        let parts = [self.months, self.weeks, self.days, self.nanoseconds];
        parts.iter().all(|&part| part >= 0) && parts.iter().filter(|&&part| part > 0).count() == 1
    }

    /// So many of these lengths.
    pub(crate) fn times(&self, count: i64) -> Self {
        Self {
            months: self.months * count,
            weeks: self.weeks * count,
            days: self.days * count,
            nanoseconds: self.nanoseconds * count,
        }
    }

    /// The most nanoseconds that it may last: months of 31 days, of which one has an hour more, as
    /// every day and every week may.
    pub(crate) fn most(&self) -> i64 {
        self.checked_most().unwrap_or(i64::MAX)
    }

    fn checked_most(&self) -> Option<i64> {
        let months = self.months.checked_mul(31 * DAY + HOUR)?;
        let weeks = self.weeks.checked_mul(7 * DAY + HOUR)?;
        let days = self.days.checked_mul(DAY + HOUR)?;
        months.checked_add(weeks)?.checked_add(days)?.checked_add(self.nanoseconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_polars_writes_them() {
        let length = Length::parse;
        let minutes =
            |count: i64| Length { nanoseconds: count * 60_000_000_000, ..Length::default() };
        assert_eq!(length("1h30m"), Some(minutes(90)));
        assert_eq!(length("-120s"), Some(minutes(-2)));
        assert_eq!(length("1q1y"), Some(Length { months: 15, ..Length::default() }));
        let mixed = Length { weeks: 2, days: 3, ..minutes(1) };
        assert_eq!(length("2w3d60s"), Some(mixed));
        assert!(!mixed.is_of_one_kind() && minutes(1).is_of_one_kind());
        assert!(!Length::default().is_of_one_kind() && !minutes(-1).is_of_one_kind());
        for wrong in ["5", "m", "5x", "5M", "1.5h", "99999999999999999999d", "51y", "999999999h"] {
            assert_eq!(length(wrong), None, "{wrong}");
        }
        assert!(length("50y").is_some());
    }
}
