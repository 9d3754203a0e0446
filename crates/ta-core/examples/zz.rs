use std::time::Instant;
use ta_core::{engine::{Direct, Missing}, find_indicator, resolve, Out, NameStyle};
fn main() {
    let n = 1_000_000;
    let mut x = 100.0f64; let mut s = 12345u64;
    let mut rnd = || { s ^= s << 13; s ^= s >> 7; s ^= s << 17; (s >> 11) as f64 / (1u64 << 53) as f64 };
    let (mut o, mut h, mut l, mut c, mut v) = (vec![], vec![], vec![], vec![], vec![]);
    for _ in 0..n { let op = x; x = (x + (rnd() - 0.5) * 2.0).max(1.0); let cl = (x * 100.0).round() / 100.0; o.push(op); c.push(cl); h.push(op.max(cl) + rnd()); l.push(op.min(cl) - rnd()); v.push((rnd() * 1e5).round()); }
    let list: Vec<(String, serde_json::Value)> = serde_json::from_str(&std::fs::read_to_string("/tmp/p/fifty.json").unwrap()).unwrap();
    let (mut tk, mut tf) = (0.0, 0.0);
    for (id, params) in list {
        let ind = find_indicator(&id).unwrap();
        let p = resolve(ind, params.as_object().unwrap(), NameStyle::Camel).unwrap();
        let inputs: Vec<&[f64]> = ind.meta.semantics.input_slots.iter().map(|s| match s.name { "open" => &o[..], "high" => &h, "low" => &l, "volume" => &v, _ => &c }).collect();
        let k = ind.kernel();
        let mut f: Vec<Vec<f64>> = ind.meta.outputs.iter().map(|_| vec![0.0; n]).collect();
        let mut i: Vec<Vec<i32>> = ind.meta.outputs.iter().map(|_| vec![0; n]).collect();
        let mut b: Vec<Vec<bool>> = ind.meta.outputs.iter().map(|_| vec![false; n]).collect();
        let mut best = f64::MAX;
        for _ in 0..5 {
            let t = Instant::now();
            let mut outs: Vec<Out> = ind.meta.outputs.iter().zip(&mut f).zip(&mut i).zip(&mut b).map(|(((m, f), i), b)| match m.dtype { ta_core::meta::DType::Float64 => Out::F64(f), ta_core::meta::DType::Int32 => Out::I32(i), _ => Out::Bool(b) }).collect();
            k.compute(&p, &inputs, &mut outs).unwrap();
            best = best.min(t.elapsed().as_secs_f64() * 1e3);
        }
        let d = Direct::new(ind, p, Missing::Skip);
        let mut bf = f64::MAX;
        for _ in 0..5 { let t = Instant::now(); let mut outs: Vec<&mut [f64]> = f.iter_mut().map(|v| &mut v[..]).collect(); d.run(&inputs, &mut outs).unwrap(); bf = bf.min(t.elapsed().as_secs_f64() * 1e3); }
        tk += best; tf += bf;
        println!("{id:24} {best:7.2} {bf:7.2}  {params}");
    }
    println!("total kernels {tk:.1} direct {tf:.1}");
}
