//! The prices at which a session has spent most of its time.

use crate::{
    prelude::*,
    profile::{Adds, Bar, Profile, Session},
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "market_profile",
        display_name: "Market Profile",
        category: Category::Structure,
        description: "Point of control (POC) and value area (VAH, VAL) of the session so far, by \
            time instead of volume: each bar counts one (a TPO) in each bin that it touches, of \
            the bins of equal height between the session's low and high. A row whose `session` \
            differs from the row before starts anew; Steidlmayer's bars have half an hour. Of \
            equal bins the one nearest to the middle of the range is the POC, then the lower \
            one; the value area grows from it by two bins above or below, whichever have more \
            (the upper ones if equal). Price outside the area is read as a market in search of \
            new value. It remembers the bars of the session.",
        aliases: &["tpo", "tpo_profile", "time_price_opportunity"],
        inputs: [price("high"), price("low"), key("session")],
        outputs: [
            line("poc", "primary", Scale::Price, "Point of control: middle of the largest bin."),
            line("vah", "upper", Scale::Price, "High end of the value area."),
            line("val", "lower", Scale::Price, "Low end of the value area."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * bins), and the session so far for each new high or low of it",
        source: "Steidlmayer, CBOT Market Profile (1984), and linnsoft.com, value area, method A",
    }
    .indicator::<MarketProfile>()
}

#[derive(Clone, Parameters)]
struct MarketProfile {
    #[param(flatten)]
    profile: Profile,
}

impl Recursive<3> for MarketProfile {
    type Out = [f64; 3];
    type State = Session;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> Session {
        Session::none()
    }

    fn next(&self, session: &mut Session, [high, low, key]: [f64; 3]) -> [f64; 3] {
        session.next(&self.profile, key, Bar { low, high, adds: Adds::Time })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn each_bar_counts_once_where_it_was() {
        let inputs: [&[f64]; 3] = [&[4.0, 3.5, 1.5, 9.0], &[0.0, 2.5, 0.5, 8.0], &[1.0; 4]];
        let of = |output| reals("market_profile", output, json!({ "bins": 4 }), &inputs);
        // Counts: 1 1 1 1, then 1 1 2 2, then 2 2 2 2: the lower one of the two in the middle.
        assert_eq!(of("poc")[..3], [Some(1.5), Some(2.5), Some(1.5)]);
        assert_eq!(of("vah")[..3], [Some(4.0), Some(4.0), Some(4.0)]);
        assert_eq!(of("val")[..3], [Some(1.0), Some(0.0), Some(1.0)]);
    }
}
