import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { tableFromIPC } from "apache-arrow";
import { test } from "vitest";
test("x", () => {
  const f = pl.readParquet("golden/inputs/stocks.parquet");
  for (let r=0;r<3;r++) {
  let t=performance.now();
  const ex = ta.catalog().map(m => ta.indicator(m.id, {}, Object.fromEntries(m.semantics.input_slots.map(s => [s.name, pl.col(s.default ?? (s.name==="series"?"close":s.name))]))).alias(m.id));
  console.log("exprs", performance.now()-t); t=performance.now();
  const out = f.select(...ex);
  console.log("select", performance.now()-t); t=performance.now();
  const b = out.writeIPC({compression:"uncompressed"});
  console.log("ipc", performance.now()-t, b.length); t=performance.now();
  const tab = tableFromIPC(b);
  let n=0; for (const fd of tab.schema.fields) { const v = tab.getChild(fd.name)!; const kids = fd.type.children?.length ? fd.type.children.map((c:any)=>v.getChild(c.name)!) : [v]; for (const k of kids) { const a=[...k]; n+=a.length; if (r===2&&fd.name==="macd") console.log(String(fd.type), String(k.type), a.slice(30,35)); if(r===2&&fd.name==="crossup") console.log(String(k.type), a.slice(0,5));} }
  console.log("arrow", performance.now()-t, n); t=performance.now();
  const out2 = f.select(...ta.catalog().map(m => ta.indicator(m.id, {}, Object.fromEntries(m.semantics.input_slots.map(s => [s.name, s.default ?? (s.name==="series"?"close":s.name)]))).alias(m.id)));
  console.log("str inputs all", performance.now()-t);
  }
});
