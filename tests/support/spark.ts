/** Spark for tests: whether this machine can run it, and a server on loopback. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";

const python = process.platform === "win32" ? "python" : "python3";

/** Why Spark cannot be tested here; empty if it can. */
export function sparkMissing(): string {
  const program = "import sys, venv; sys.exit(sys.version_info < (3, 11))";
  if (spawnSync(python, ["-c", program]).status !== 0) return `no ${python} from 3.11 on`;
  const home = process.env.JAVA_HOME;
  const java = spawnSync(home ? `${home}/bin/java` : "java", ["-version"], { encoding: "utf8" });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? "")?.[1]);
  return version >= 17 ? "" : "no Java from 17 on";
}

/** A port of loopback that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.on("connect", () => end(true)).on("error", () => end(false));
  });
}

/** Starts a server whose workers run a Python; waits until it answers. Its log is in a folder. */
export async function startServer(
  python: string,
  folder: string,
): Promise<{ remote: string; end: () => Promise<void> }> {
  const find = "import pyspark, os; print(os.path.dirname(pyspark.__file__))";
  const pyspark = spawnSync(python, ["-c", find], { encoding: "utf8" }).stdout.trim();
  const port = await freePort();
  const settings = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.connect.grpc.binding.port": String(port),
  };
  const conf = Object.entries(settings).flatMap(([key, value]) => ["--conf", `${key}=${value}`]);
  const main = ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"];
  const logFile = join(folder, "server.log");
  const log = openSync(logFile, "w");
  const child: ChildProcess = spawn(
    join(pyspark, "bin/spark-submit"),
    ["--master", "local[2]", ...conf, ...main, "spark-internal"],
    {
      env: {
        ...process.env,
        SPARK_HOME: pyspark,
        SPARK_LOCAL_IP: "127.0.0.1",
        PYSPARK_PYTHON: python,
        PATH: `${dirname(python)}:${process.env.PATH}`,
      },
      // Not a pipe, which stands still while this process waits for another one.
      stdio: ["ignore", log, log],
    },
  );
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  while (!(await answers(port))) {
    if (child.exitCode !== null) {
      throw new Error(`the server ended: ${readFileSync(logFile, "utf8").slice(-5000)}`);
    }
    await setTimeout(200);
  }
  const end = () => {
    child.kill();
    closeSync(log);
    return closed;
  };
  return { remote: `sc://127.0.0.1:${port}`, end };
}
