//! The process of the wickra crate: answers requests from stdin line by line on stdout, as the other
//! contenders do.

use std::{
    collections::HashMap,
    error::Error,
    fs,
    hint::black_box,
    io::{stdin, BufRead},
    time::Instant,
};

use serde::Deserialize;
use serde_json::{json, Value};
use wickra::{
    Adx, Atr, BollingerBands, Candle, Cci, Ema, Indicator, MacdIndicator, Mfi, Obv, Psar, Roc, Rsi,
    Sma, Stochastic, WilliamsR, Wma,
};

type Failure = Box<dyn Error>;

#[derive(Deserialize)]
struct Request {
    r#do: String,
    spec: Option<Spec>,
    #[serde(default)]
    file: String,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

#[derive(Deserialize)]
struct Spec {
    /// The bars: columns of numbers, one after the other.
    raw: String,
    indicators: Vec<Feature>,
    live: Live,
}

#[derive(Deserialize)]
struct Feature {
    id: String,
    #[serde(default)]
    params: HashMap<String, f64>,
}

#[derive(Deserialize)]
struct Live {
    symbols: usize,
    warm: usize,
    updates: usize,
}

/// A feature: takes a bar and gives its first output.
type Machine = Box<dyn FnMut(&Candle) -> Option<f64>>;

fn of_price<I>(mut one: I, first: fn(I::Output) -> f64) -> Machine
where
    I: Indicator<Input = f64> + 'static,
    I::Output: 'static,
{
    Box::new(move |bar| one.update(bar.close).map(first))
}

fn of_candle<I>(mut one: I, first: fn(I::Output) -> f64) -> Machine
where
    I: Indicator<Input = Candle> + 'static,
    I::Output: 'static,
{
    Box::new(move |bar| one.update(*bar).map(first))
}

fn machine(Feature { id, params }: &Feature) -> Result<Machine, Failure> {
    let real = |name: &str| params.get(name).copied().ok_or_else(|| format!("{id} has no {name}"));
    let count = |name: &str| real(name).map(|value| value as usize);
    Ok(match id.as_str() {
        "sma" => of_price(Sma::new(count("period")?)?, |value| value),
        "ema" => of_price(Ema::new(count("period")?)?, |value| value),
        "wma" => of_price(Wma::new(count("period")?)?, |value| value),
        "rsi" => of_price(Rsi::new(count("period")?)?, |value| value),
        "roc" => of_price(Roc::new(count("period")?)?, |value| value),
        "macd" => {
            let [fast, slow] = [count("fast_period")?, count("slow_period")?];
            of_price(MacdIndicator::new(fast, slow, count("signal_period")?)?, |value| value.macd)
        }
        "bbands" => {
            let bands = BollingerBands::new(count("period")?, real("nb_dev_up")?)?;
            of_price(bands, |value| value.upper)
        }
        "atr" => of_candle(Atr::new(count("period")?)?, |value| value),
        "adx" => of_candle(Adx::new(count("period")?)?, |value| value.adx),
        "stoch" => {
            let one = Stochastic::new(count("fastk_period")?, count("slowd_period")?)?;
            of_candle(one, |value| value.k)
        }
        "cci" => of_candle(Cci::new(count("period")?)?, |value| value),
        "obv" => of_candle(Obv::new(), |value| value),
        "willr" => of_candle(WilliamsR::new(count("period")?)?, |value| value),
        "mfi" => of_candle(Mfi::new(count("period")?)?, |value| value),
        "sar" => {
            let step = real("acceleration")?;
            of_candle(Psar::new(step, step, real("maximum")?)?, |value| value)
        }
        _ => return Err("has no such function".into()),
    })
}

/// Features of symbols that have taken bars.
struct Symbols {
    bars: Vec<Candle>,
    each: Vec<Vec<Machine>>,
    values: Vec<Option<f64>>,
    row: usize,
}

impl Symbols {
    fn new(spec: &Spec) -> Result<Self, Failure> {
        let features = || spec.indicators.iter().map(machine).collect::<Result<_, _>>();
        let each = (0..spec.live.symbols).map(|_| features()).collect::<Result<_, _>>()?;
        let values = vec![None; spec.indicators.len()];
        let mut made = Self { bars: bars(&spec.raw)?, each, values, row: 0 };
        made.step(spec.live.warm);
        Ok(made)
    }

    fn step(&mut self, rows: usize) {
        for _ in 0..rows {
            for (symbol, machines) in self.each.iter_mut().enumerate() {
                let bar = &self.bars[(self.row + 37 * symbol) % self.bars.len()];
                for (value, machine) in self.values.iter_mut().zip(machines) {
                    *value = machine(bar);
                }
                black_box(&self.values);
            }
            self.row += 1;
        }
    }
}

fn bars(raw: &str) -> Result<Vec<Candle>, Failure> {
    let bytes = fs::read(raw)?;
    let (numbers, _) = bytes.as_chunks();
    let numbers: Vec<f64> = numbers.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    let rows = numbers.len() / 5;
    let bar = |row: usize| {
        let [open, high, low, close, volume] =
            std::array::from_fn(|column| numbers[column * rows + row]);
        Candle::new(open, high, low, close, volume, row as i64)
    };
    Ok((0..rows).map(bar).collect::<Result<_, _>>()?)
}

fn answer(line: &str) -> Result<Value, Failure> {
    let Request { r#do: what, spec, file, times } = serde_json::from_str(line)?;
    if what == "versions" {
        return Ok(json!({ "wickra (crate)": "2.0.0" }));
    }
    let spec = spec.ok_or("there is no spec")?;
    let mut symbols = Symbols::new(&spec)?;
    match what.as_str() {
        "run" => {
            let began = Instant::now();
            (0..times).for_each(|_| symbols.step(spec.live.updates));
            let milliseconds = began.elapsed().as_secs_f64() * 1000.0 / f64::from(times);
            Ok(json!({ "milliseconds": milliseconds }))
        }
        "values" => {
            symbols.step(spec.live.updates);
            let values = symbols.values.iter().map(|value| value.unwrap_or(f64::NAN).to_le_bytes());
            fs::write(file, values.flatten().collect::<Vec<u8>>())?;
            Ok(json!({ "lengths": vec![1; symbols.values.len()] }))
        }
        _ => Err(format!("there is no {what}").into()),
    }
}

fn main() {
    for line in stdin().lock().lines().map_while(Result::ok) {
        let answer =
            answer(&line).unwrap_or_else(|failure| json!({ "error": failure.to_string() }));
        println!("{answer}");
    }
}
