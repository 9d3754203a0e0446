//! Bars of random ticks, against bars made of all ticks at once.

use proptest::prelude::*;
use ta_bars::{
    header, Bar, Bars, Closes, Label, Length, Refused, Rule, StartBy, Tick, Unreadable, Windows,
    Zone,
};

const SECOND: i64 = 1_000_000_000;

fn tick(time: i64, price: f64, volume: f64) -> Tick {
    Tick { time, open: price, high: price, low: price, close: price, volume }
}

fn windows(every: &str, closes: Closes) -> Windows {
    let every = Length::parse(every).unwrap();
    Windows::new(every, Length::default(), closes, StartBy::Window, Zone::utc()).unwrap()
}

/// The windows of `every` seconds, as arithmetic has them.
fn of_seconds(ticks: &[Tick], every: i64, closes: Closes) -> Vec<(i64, Vec<Tick>)> {
    let mut sorted = ticks.to_vec();
    sorted.sort_by_key(|tick| tick.time);
    let mut bars: Vec<(i64, Vec<Tick>)> = Vec::new();
    for tick in sorted {
        let inside = if closes == Closes::Right { tick.time - 1 } else { tick.time };
        let start = inside.div_euclid(every * SECOND) * every * SECOND;
        match bars.last_mut() {
            Some((last, ticks)) if *last == start => ticks.push(tick),
            _ => bars.push((start, vec![tick])),
        }
    }
    bars
}

fn bar_of(time: i64, ticks: &[Tick]) -> Bar {
    let values = |of: fn(&Tick) -> f64| ticks.iter().map(of);
    Bar {
        time,
        open: ticks[0].open,
        high: values(|t| t.high).fold(f64::MIN, f64::max),
        low: values(|t| t.low).fold(f64::MAX, f64::min),
        close: ticks[ticks.len() - 1].close,
        volume: values(|t| t.volume).sum(),
        ticks: ticks.len() as u64,
    }
}

/// All bars of one key.
fn all(mut bars: Bars, ticks: &[Tick]) -> Vec<Bar> {
    let key = bars.add();
    for tick in ticks {
        bars.update(key, tick).unwrap();
    }
    bars.flush();
    bars.take_closed().into_iter().map(|closed| closed.bar).collect()
}

fn ticks() -> impl Strategy<Value = Vec<Tick>> {
    let gap = prop_oneof![4 => 0..3i64, 2 => 0..40i64, 1 => 0..5_000i64];
    prop::collection::vec((gap, 1..100i32, 0..10i32), 1..200).prop_map(|steps| {
        let mut time = 1_700_000_000;
        let step = |(gap, price, volume)| {
            time += gap;
            tick(time * SECOND, f64::from(price), f64::from(volume))
        };
        steps.into_iter().map(step).collect()
    })
}

fn closes() -> impl Strategy<Value = Closes> {
    prop_oneof![Just(Closes::Left), Just(Closes::Right)]
}

proptest! {
    #[test]
    fn bars_of_time_are_those_of_all_ticks_at_once(ticks in ticks(), closes in closes()) {
        let expected: Vec<_> = of_seconds(&ticks, 15, closes)
            .iter()
            .map(|(start, ticks)| bar_of(*start, ticks))
            .collect();
        let rule = || Rule::Time(windows("15s", closes));
        prop_assert_eq!(&all(Bars::new(rule(), Label::Left, false), &ticks), &expected);

        // Within its bar, the order in which ticks of different times come does not matter.
        let mut shuffled = ticks.clone();
        shuffled.sort_by_key(|tick| {
            let inside = tick.time - i64::from(closes == Closes::Right);
            (inside.div_euclid(15 * SECOND), -(tick.time % (7 * SECOND)), tick.time)
        });
        prop_assert_eq!(&all(Bars::new(rule(), Label::Left, false), &shuffled), &expected);

        // With the empty ones, every window has a bar, and the others are as before.
        let filled = all(Bars::new(rule(), Label::Left, true), &ticks);
        for pair in filled.windows(2) {
            prop_assert_eq!(pair[1].time - pair[0].time, 15 * SECOND);
            if pair[1].ticks == 0 {
                let close = pair[0].close;
                let flat = [pair[1].open, pair[1].high, pair[1].low, pair[1].close];
                prop_assert_eq!((flat, pair[1].volume), ([close; 4], 0.0));
            }
        }
        let mut some = filled;
        some.retain(|bar| bar.ticks > 0);
        prop_assert_eq!(&some, &expected);
    }

    #[test]
    fn bars_of_a_count_and_a_volume_are_full(ticks in ticks(), count in 1..20u64) {
        let bars = all(Bars::new(Rule::Ticks(count), Label::Right, false), &ticks);
        for (bar, ticks) in bars.iter().zip(ticks.chunks(count as usize)) {
            prop_assert_eq!(*bar, bar_of(ticks[ticks.len() - 1].time, ticks));
        }
        let volume = count as f64;
        let bars = all(Bars::new(Rule::Volume(volume), Label::Left, false), &ticks);
        let mut rest = &ticks[..];
        for (at, bar) in bars.iter().enumerate() {
            let (own, later) = rest.split_at(bar.ticks as usize);
            prop_assert_eq!(*bar, bar_of(own[0].time, own));
            prop_assert!(bar.volume >= volume || at + 1 == bars.len());
            prop_assert!(bar_of(0, own).volume - own[own.len() - 1].volume < volume);
            rest = later;
        }
        prop_assert!(rest.is_empty());
    }

    #[test]
    fn restarts_and_refused_ticks_change_nothing(ticks in ticks(), at in 0..200usize) {
        let rule = || Rule::Time(windows("15s", Closes::Left));
        let mut bars = Bars::new(rule(), Label::Left, true);
        let keys = [bars.add(), bars.add()];
        let (before, after) = ticks.split_at(at.min(ticks.len()));
        for (at, tick) in before.iter().enumerate() {
            bars.update(keys[at % 2], tick).unwrap();
        }
        let bytes = bars.snapshot("text", 0..2);
        prop_assert_eq!(header(&bytes), Ok("text"));
        let mut restored = Bars::new(rule(), Label::Left, true);
        restored.restore(&bytes, 2).unwrap();

        let forming = bars.forming(keys[0]);
        if forming.is_some() {
            prop_assert_eq!(bars.update(keys[0], &tick(0, 1.0, 1.0)), Err(Refused::Late));
            let many = [(keys[1], before[before.len() - 1]), (keys[0], tick(0, 1.0, 1.0))];
            prop_assert_eq!(bars.update_many(many, false), Err((1, Refused::Late)));
        }
        prop_assert_eq!(bars.forming(keys[0]), forming);
        prop_assert_eq!(&bars.snapshot("text", 0..2), &bytes);

        let closed = bars.closed().len();
        for (at, tick) in after.iter().enumerate() {
            bars.update(keys[at % 2], tick).unwrap();
        }
        let many = after.iter().enumerate().map(|(at, tick)| (keys[at % 2], *tick));
        prop_assert_eq!(restored.update_many(many, false), Ok(0));
        prop_assert_eq!(&bars.closed()[closed..], restored.closed());
        prop_assert_eq!(bars.snapshot("", 0..2), restored.snapshot("", 0..2));
    }

    #[test]
    fn damaged_snapshots_are_refused(ticks in ticks(), at in any::<prop::sample::Index>()) {
        let mut bars = Bars::new(Rule::Ticks(7), Label::Left, false);
        let key = bars.add();
        for tick in &ticks {
            bars.update(key, tick).unwrap();
        }
        let bytes = bars.snapshot("text", [key]);
        let at = at.index(bytes.len());
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x10;
        for wrong in [&flipped[..], &bytes[..at]] {
            let refused = bars.restore(wrong, 1).unwrap_err();
            prop_assert!(at < 7 || wrong.len() < 12 || refused == Unreadable::Damaged);
        }
        prop_assert_eq!(bars.snapshot("text", [key]), bytes);
    }
}

#[test]
fn the_clock_closes_bars_and_makes_their_ticks_late() {
    for (closes, at_end) in [(Closes::Left, 1), (Closes::Right, 0)] {
        let mut bars = Bars::new(Rule::Time(windows("1m", closes)), Label::Right, false);
        let (quiet, new) = (bars.add(), bars.add());
        bars.update(quiet, &tick(30 * SECOND, 5.0, 1.0)).unwrap();
        bars.close(60 * SECOND).unwrap();
        assert_eq!(bars.closed().len(), at_end);
        bars.close(200 * SECOND).unwrap();
        let closed = bars.take_closed();
        assert_eq!((closed.len(), closed[0].bar.time), (1, 60 * SECOND));
        assert_eq!(bars.forming(quiet), None);
        for time in [20, 59, 70, 179] {
            for key in [quiet, new] {
                let late = bars.update(key, &tick(time * SECOND, 5.0, 1.0));
                assert_eq!(late, Err(Refused::Late), "{time}");
            }
        }
        assert_eq!(bars.update_many([(new, tick(0, 5.0, 1.0))], true), Ok(1));
        // The window of this tick has not ended.
        bars.update(quiet, &tick(190 * SECOND, 5.0, 1.0)).unwrap();
        bars.flush();
        assert_eq!(bars.closed()[0].bar.time, 240 * SECOND);
        assert_eq!(bars.update(quiet, &tick(195 * SECOND, 5.0, 1.0)), Err(Refused::Late));
        bars.reset(quiet);
        assert_eq!(bars.update(quiet, &tick(195 * SECOND, 5.0, 1.0)), Ok(()));
        assert_eq!(bars.update(9, &tick(0, 1.0, 1.0)), Err(Refused::NoKey));
    }
}

#[test]
fn a_time_far_ahead_is_refused_rather_than_filled() {
    let mut bars = Bars::new(Rule::Time(windows("1s", Closes::Left)), Label::Left, true);
    let key = bars.add();
    bars.update(key, &tick(0, 1.0, 1.0)).unwrap();
    let before = bars.snapshot("", 0..2);
    let far = tick(4_000_000_000 * SECOND, 1.0, 1.0);
    assert!(matches!(bars.update(key, &far), Err(Refused::TooManyEmpty(_))));
    assert!(matches!(bars.update_many([(key, far)], true), Err((0, Refused::TooManyEmpty(_)))));
    assert!(matches!(bars.close(far.time), Err(Refused::TooManyEmpty(_))));
    assert_eq!((bars.closed().len(), bars.snapshot("", 0..2)), (0, before));
}

#[test]
fn what_is_no_snapshot_is_told_apart() {
    let bytes = Bars::new(Rule::Ticks(1), Label::Left, false).snapshot("", []);
    assert_eq!(header(b"something"), Err(Unreadable::Foreign));
    assert_eq!(header(&bytes[..7]), Err(Unreadable::Damaged));
    let mut other = bytes.clone();
    other[6] = 9;
    assert_eq!(header(&other), Err(Unreadable::Version));
}
