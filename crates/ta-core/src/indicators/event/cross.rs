//! The bar on which two series change sides.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "cross",
        display_name: "Cross",
        category: Category::Event,
        description:
            "True on the row where the series is above the other one after having been at \
            or below it on the row before, or below it after having been at or above it: a cross \
            up or a cross down. Touching without passing is not a cross; leaving after a touch \
            is one, to either side.",
        aliases: &["crossany", "cross_any"],
        inputs: vec![slot("series", None), slot("other", None)],
        params: vec![],
        outputs: vec![event(
            "value",
            "event",
            "True where the series crosses the other one in either direction.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "(a[i] > b[i] and a[i-1] <= b[i-1]) or (a[i] < b[i] and a[i-1] >= b[i-1])",
    }
    .indicator(Cross)
}

struct Cross;

impl Kernel for Cross {
    fn lookback(&self, _: &Params) -> usize {
        1
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let (a, b) = (inputs[0], inputs[1]);
        let crossed = out[0].bool();
        for i in 1..a.len() {
            crossed[i] = a[i] > b[i] && a[i - 1] <= b[i - 1] || a[i] < b[i] && a[i - 1] >= b[i - 1];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn it_is_a_cross_up_or_a_cross_down() {
        let a = [1.0, 3.0, 2.0, 2.0, 2.5, 1.0, 2.0, 1.0, 1.0];
        let run = |id| {
            let indicator = find_indicator(id).unwrap();
            let params = Params::defaults(&indicator.meta);
            let out = compute(indicator, &params, &[&a, &[2.0; 9]]).unwrap();
            match out.into_iter().next() {
                Some(Computed::Bool(values)) => values,
                other => panic!("{other:?} is not an event"),
            }
        };
        let (up, down) = (run("crossup"), run("crossdown"));
        let either =
            up.iter().zip(down).map(|(up, down)| Some((*up)? || down?)).collect::<Vec<_>>();
        assert_eq!(run("cross"), either);
        assert_eq!(either.iter().flatten().filter(|on| **on).count(), 4);
    }
}
