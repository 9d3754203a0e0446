// An exchange for the examples in the documentation: a local server that sends bars over a socket,
// each while it is forming and when it is closed. EXCHANGE in the environment becomes its address.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { stocks } from "nodejs-polars-ta/data";
import { WebSocketServer } from "ws";

const [head = "", ...lines] = readFileSync(stocks, "utf8").trim().split("\n");
const names = head.split(",");

/** The bars of two stocks on two days, in the order in which they come. */
const messages = lines
  .filter((line) => /^(IBM|MSFT),2013-0(2-28|3-01)/.test(line))
  .map((line) => {
    const cells = line.split(",").map((cell, index) => (index < 2 ? cell : Number(cell)));
    return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
  })
  .sort((a, b) => a.date.localeCompare(b.date))
  .flatMap((bar) => [
    { ...bar, close: bar.open, closed: false },
    { ...bar, closed: true },
  ]);

const server = createServer();
new WebSocketServer({ server }).on("connection", (socket) => {
  for (const message of messages) socket.send(JSON.stringify(message));
  socket.close();
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
server.unref();
const { port } = server.address();
process.env.EXCHANGE = `ws://127.0.0.1:${port}`;
