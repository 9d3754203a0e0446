"""A Python contender's process: answers requests from stdin line by line, like child.mjs."""

import gc
import importlib
import json
import sys
import time
from importlib.metadata import version

# Output of libraries must not be read as an answer.
answers_to = sys.stdout
sys.stdout = sys.stderr

rival = importlib.import_module("calls_" + sys.argv[1])
opened = {"key": None, "input": None}


def input_of(spec):
    """The last input stays open, because consecutive requests have the same bars."""
    key = (spec["file"], tuple(spec["columns"]), spec.get("chunks", 1))
    if opened["key"] != key:
        opened.update(key=None, input=None)
        opened.update(key=key, input=rival.open_input(*key))
    return opened["input"]


def call_of(spec):
    call = rival.call(spec, input_of(spec))
    if call is None:
        raise LookupError("has no such function")
    return call


def run(request):
    call = call_of(request["spec"])
    times = request.get("times", 1)
    gc.collect()
    gc.disable()
    began = time.perf_counter()
    for _ in range(times):
        result = call()
    milliseconds = (time.perf_counter() - began) * 1000 / times
    gc.enable()
    del result  # before the next contender
    gc.collect()
    return {"milliseconds": milliseconds}


def values(request):
    columns = rival.columns(call_of(request["spec"])())
    with open(request["file"], "wb") as file:
        for column in columns:
            column.astype("float64").tofile(file)
    why = getattr(rival, "because", lambda spec: None)(request["spec"])
    return {"lengths": [len(column) for column in columns], "because": why}


def memory(request):
    spec = request["spec"]
    call = call_of(spec)
    gc.collect()
    reset_peak()
    before = status("VmRSS")
    output = rival.size(call())
    gc.collect()
    output = rival.size(call())
    return {"before": before, "peak": status("VmHWM"), "input": rival.size(input_of(spec)), "output": output}


def status(name):
    """Resident bytes, or their peak since the last reset."""
    try:
        with open("/proc/self/status") as file:
            line = next(line for line in file if line.startswith(name + ":"))
        return 1024 * int(line.split()[1])
    except OSError:
        import resource

        return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def reset_peak():
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass  # on other systems the peak counts from the start of the process


def versions(request):
    packages = {name: version(name) for name in rival.packages}
    return {"Python": sys.version.split()[0], **packages}


answers = {"run": run, "values": values, "memory": memory, "versions": versions}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = answers[request["do"]](request)
    except BaseException as error:  # polars panics are BaseExceptions
        answer = {"error": (str(error) or type(error).__name__).split("\n")[0]}
    print(json.dumps(answer), file=answers_to, flush=True)
