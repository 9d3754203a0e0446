//! The clocks of a time zone.

/// The offsets of a time zone from UTC, in nanoseconds, and the times from which each holds.
///
/// A host gives them, because a host has them: the database of zones would make this library larger
/// than all the rest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    from: Vec<i64>,
    offsets: Vec<i64>,
}

impl Zone {
    /// UTC, and times whose zone is not known.
    pub fn utc() -> Self {
        Self { from: vec![i64::MIN], offsets: vec![0] }
    }

    /// A zone from pairs of a time and the offset from it on, in seconds. The first offset also
    /// holds before its time. Nothing if there is none, a time is not after the one before, or an
    /// offset is a day or more.
    pub fn new(changes: &[(i64, i64)]) -> Option<Self> {
        let second = 1_000_000_000_i64;
        let mut from = Vec::with_capacity(changes.len());
        let mut offsets = Vec::with_capacity(changes.len());
        for &(time, offset) in changes {
            from.push(time.checked_mul(second)?);
            offsets.push(offset.checked_mul(second).filter(|o| o.abs() < crate::length::DAY)?);
        }
        *from.first_mut()? = i64::MIN;
        from.is_sorted_by(|a, b| a < b).then_some(Self { from, offsets })
    }

    fn offset(&self, utc: i64) -> i64 {
        let after = self.from.partition_point(|&from| from <= utc);
        self.offsets[after.saturating_sub(1)]
    }

    /// What the clocks show at a time.
    pub fn local(&self, utc: i64) -> i64 {
        utc + self.offset(utc)
    }

    /// The time at which the clocks show `local`.
    ///
    /// An hour that comes twice, or that the clocks leave out, is taken as the clocks of `origin`
    /// have it, a time that `local` was computed from: with its offset.
    pub fn utc_of(&self, local: i64, origin: i64) -> i64 {
        let near = self.from.partition_point(|&from| from <= local);
        let first = near.saturating_sub(2);
        let last = (near + 1).min(self.offsets.len() - 1);
        let offset = self.offset(origin);
        let mut found = None;
        for at in first..=last {
            let utc = local - self.offsets[at];
            let ended = self.from.get(at + 1).is_some_and(|&next| next <= utc);
            if utc < self.from[at] {
                // The clocks jump over `local`: `at` is the offset after the jump.
                return found.unwrap_or_else(|| {
                    let before = self.offsets[at.saturating_sub(1)];
                    if offset == self.offsets[at] {
                        local - before
                    } else {
                        utc
                    }
                });
            }
            if !ended && (found.is_none() || offset == self.offsets[at]) {
                found = Some(utc);
            }
        }
        found.unwrap_or(local - offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = crate::length::HOUR;
    const DAY: i64 = crate::length::DAY;

    /// Two hours ahead between the tenth and the twentieth day, else one.
    fn zone() -> Zone {
        let day = 86_400;
        Zone::new(&[(0, 3600), (10 * day, 7200), (20 * day, 3600)]).unwrap()
    }

    #[test]
    fn times_that_clocks_show_once_are_found_from_anywhere() {
        let zone = zone();
        for hour in 0..30 * 24 {
            let utc = hour * HOUR + 1;
            let local = zone.local(utc);
            let twice = utc / HOUR == 20 * 24 || utc / HOUR == 20 * 24 - 1;
            for origin in [0, 15 * DAY, 25 * DAY] {
                assert!(twice || zone.utc_of(local, origin) == utc, "{hour}");
            }
            assert_eq!(zone.utc_of(local, utc), utc);
        }
        assert_eq!(Zone::utc().utc_of(7, 9), 7);
    }

    #[test]
    fn times_that_clocks_leave_out_or_show_twice_keep_the_offset_of_their_origin() {
        let zone = zone();
        // Clocks show 01:00 to 02:00 of the tenth day never, and of the twentieth twice.
        let gap = 10 * DAY + HOUR + HOUR / 2;
        assert_eq!(zone.local(zone.utc_of(gap, 0)), gap - HOUR);
        assert_eq!(zone.local(zone.utc_of(gap, 15 * DAY)), gap + HOUR);
        let fold = 20 * DAY + HOUR + HOUR / 2;
        assert_eq!(zone.utc_of(fold, 15 * DAY), fold - 2 * HOUR);
        assert_eq!(zone.utc_of(fold, 25 * DAY), fold - HOUR);
    }

    #[test]
    fn tables_out_of_order_are_no_zone() {
        assert_eq!(Zone::new(&[]), None);
        assert_eq!(Zone::new(&[(0, 0), (5, 1), (5, 2)]), None);
        assert_eq!(Zone::new(&[(0, 90_000)]), None);
        assert_eq!(Zone::new(&[(i64::MAX, 0), (0, 0)]), None);
    }
}
