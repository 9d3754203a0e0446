"""Times of Spark in a cluster on this machine: our indicators, and Spark's own window function.

Arguments: executors, rows of a symbol, rounds, then numbers of symbols. Prints a line of JSON for
each measurement.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

from polars_ta import spark, ta
from pyspark.sql import SparkSession, Window, functions

executors, rows, rounds, *counts = map(int, sys.argv[1:])

os.environ["SPARK_LOCAL_IP"] = os.environ["SPARK_LOCAL_HOSTNAME"] = "127.0.0.1"
os.environ["PYSPARK_PYTHON"] = sys.executable
builder = SparkSession.builder.master(f"local-cluster[{executors},1,2048]")
settings = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "2g",
    "spark.sql.shuffle.partitions": str(4 * executors),
    # Small pieces would be joined to one task otherwise.
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
}
for key, value in settings.items():
    builder = builder.config(key, value)
session = builder.getOrCreate()
session.sparkContext.setLogLevel("OFF")


def bars(symbols):
    """Bars in no order, held by the executors: rows of a symbol are in all partitions."""
    made = session.range(symbols * rows, numPartitions=2 * executors).select(
        functions.concat(functions.lit("S"), functions.col("id") % symbols).alias("symbol"),
        functions.floor(functions.col("id") / symbols).alias("ts"),
        (100 + functions.rand(1)).alias("close"),
    )
    spread = functions.col("close") * 0 + functions.rand(2)
    made = made.withColumn("high", functions.col("close") + spread)
    made = made.withColumn("low", functions.col("close") - spread).cache()
    made.count()
    return made


def window(frame):
    over = Window.partitionBy("symbol").orderBy("ts").rowsBetween(-19, 0)
    return frame.withColumn("sma_20", functions.avg("close").over(over))


CONTENDERS = {
    "shuffle and sort only": lambda frame: frame.repartition("symbol").sortWithinPartitions("symbol", "ts"),
    "Spark avg over a window": window,
    "map_indicators, sma(20)": lambda frame: spark.map_indicators(frame, [ta.sma(20)]),
    "map_indicators, 4 indicators": lambda frame: spark.map_indicators(
        frame, [ta.rsi(14), ta.ema(20), ta.atr(14), ta.macd()]
    ),
    "map_indicators, 50 features": lambda frame: spark.map_indicators(
        frame, [getattr(ta, name)(period).alias(f"{name}{period}") for name in NAMES for period in range(10, 20)]
    ),
}
NAMES = ["sma", "ema", "rsi", "wma", "roc"]


def cpu_seconds():
    """Of the executors, their Python workers, and workers that ended; Linux only."""
    ticks = os.sysconf("SC_CLK_TCK")
    parents, used, roots = {}, {}, []
    for entry in Path("/proc").iterdir() if Path("/proc/self/stat").exists() else []:
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        parents[entry.name] = fields[1]
        used[entry.name] = sum(map(int, fields[11:15])) / ticks
        if b"CoarseGrainedExecutorBackend" in command and session.sparkContext.applicationId.encode() in command:
            roots.append(entry.name)
    return sum(seconds for process, seconds in used.items() if _below(process, roots, parents))


def _below(process, roots, parents):
    while process in parents:
        if process in roots:
            return True
        process = parents[process]
    return False


for symbols in counts:
    frame = bars(symbols)
    for name, make in CONTENDERS.items():
        times, cores = [], []
        for turn in range(-1, rounds):
            began, before = time.perf_counter(), cpu_seconds()
            make(frame).write.format("noop").mode("overwrite").save()
            if turn >= 0:
                times.append(time.perf_counter() - began)
                cores.append(cpu_seconds() - before)
        found = {"symbols": symbols, "label": name, "seconds": statistics.median(times)}
        print(json.dumps({**found, "cores": statistics.median(cores)}), flush=True)
    frame.unpersist(blocking=True)
session.stop()
