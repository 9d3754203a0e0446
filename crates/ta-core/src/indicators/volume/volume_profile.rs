//! The prices at which most was traded: over the last bars, and since a session began.

use crate::{
    prelude::*,
    profile::{Adds, Amounts, Bar, Profile, Session},
};

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    let outputs = [
        line("poc", "primary", Scale::Price, "Point of control: middle of the largest bin."),
        line("vah", "upper", Scale::Price, "High end of the value area."),
        line("val", "lower", Scale::Price, "Low end of the value area."),
    ];
    [
        Native {
            id: "volume_profile",
            display_name: "Rolling Volume Profile",
            category: Category::Volume,
            description: "Point of control (POC) and value area (VAH, VAL) of the last period \
                bars: their range is cut into bins of equal height, and the volume of each bar is \
                spread evenly over its range. The POC is the middle of the bin with the most \
                volume; of equal ones it is that nearest to the middle of the range, then the \
                lower one. From it the value area grows by two bins above or below, whichever \
                have more (the upper ones if equal), until it holds `value_area` percent. The \
                area is read as the prices that the market accepts, and its ends and the POC as \
                support and resistance. Charts that know the trades inside a bar place volume \
                more exactly. Null where nothing has traded.",
            aliases: &["vpvr", "rolling_volume_profile", "value_area"],
            inputs: [price("high"), price("low"), price("volume")],
            outputs: outputs.clone(),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n * period * bins)",
            source: "TradingView, Volume Profile, and linnsoft.com, value area, method A",
        }
        .indicator::<Rolling>(),
        Native {
            id: "session_profile",
            display_name: "Session Volume Profile",
            category: Category::Volume,
            description: "Point of control (POC) and value area (VAH, VAL) of the session so far, \
                by the rules of `volume_profile`; a row whose `session` differs from the row \
                before starts anew. The values of a session's last row are those that traders \
                carry into the next one. As the range grows, its bins are cut anew, so nothing \
                looks ahead. Null until something has traded in the session. It remembers the \
                bars of the session.",
            aliases: &["svp", "developing_value_area"],
            inputs: [price("high"), price("low"), price("volume"), key("session")],
            outputs,
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * bins), and the session so far for each new high or low of it",
            source: "TradingView, Session Volume Profile, and linnsoft.com, value area, method A",
        }
        .indicator::<SinceOpen>(),
    ]
}

#[derive(Parameters)]
struct Rolling {
    /// Bars in the window.
    #[param(default = 100, min = 1)]
    period: usize,
    #[param(flatten)]
    profile: Profile,
}

impl Formula<3> for Rolling {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [high, low, volume]: [&[f64]; 3], [poc, vah, val]: [&mut [f64]; 3]) {
        for row in self.lookback()..high.len() {
            let window = row + 1 - self.period..row + 1;
            let lowest = low[window.clone()].iter().copied().fold(f64::INFINITY, f64::min);
            let highest = high[window.clone()].iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let mut amounts = Amounts::between(lowest, highest);
            for row in window {
                let adds = Adds::Volume(volume[row]);
                self.profile.add(&mut amounts, Bar { low: low[row], high: high[row], adds });
            }
            [poc[row], vah[row], val[row]] = self.profile.values(&amounts);
        }
    }
}

#[derive(Clone, Parameters)]
struct SinceOpen {
    #[param(flatten)]
    profile: Profile,
}

impl Recursive<4> for SinceOpen {
    type Out = [f64; 3];
    type State = Session;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> Session {
        Session::none()
    }

    fn next(&self, session: &mut Session, [high, low, volume, key]: [f64; 4]) -> [f64; 3] {
        session.next(&self.profile, key, Bar { low, high, adds: Adds::Volume(volume) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_area_grows_by_pairs_of_bins() {
        // Ten bins of height 1: volumes 1 1 1 1 2 10 6 4 1 1, of which 70 % are 19.6.
        let low: Vec<f64> = (0..10).map(f64::from).collect();
        let high: Vec<f64> = low.iter().map(|low| low + 1.0).collect();
        let volume = [1.0, 1.0, 1.0, 1.0, 2.0, 10.0, 6.0, 4.0, 1.0, 1.0];
        let given = json!({ "period": 10, "bins": 10 });
        let of = |output| reals("volume_profile", output, given.clone(), &[&high, &low, &volume]);
        assert_eq!([of("poc")[9], of("vah")[9], of("val")[9]], [Some(5.5), Some(8.0), Some(5.0)]);
    }

    #[test]
    fn of_equal_bins_the_middle_one_is_the_point_of_control() {
        let inputs: [&[f64]; 3] = [&[9.0, 9.0], &[0.0, 0.0], &[7.0, 0.0]];
        let of = |period: usize, output| {
            reals("volume_profile", output, json!({ "period": period, "bins": 9 }), &inputs)
        };
        assert_eq!(of(1, "poc"), [Some(4.5), None]);
        assert_eq!([of(2, "vah")[1], of(2, "val")[1]], [Some(9.0), Some(2.0)]);
    }

    #[test]
    fn a_session_has_its_own_profile() {
        let inputs: [&[f64]; 4] =
            [&[2.0, 4.0, 1.0], &[0.0, 2.0, 1.0], &[5.0, 20.0, 1.0], &[1.0, 1.0, 2.0]];
        let of = |output| reals("session_profile", output, json!({ "bins": 2 }), &inputs);
        assert_eq!(of("poc"), [Some(0.5), Some(3.0), Some(1.0)]);
        assert_eq!(of("val"), [Some(0.0), Some(2.0), Some(1.0)]);
    }
}
