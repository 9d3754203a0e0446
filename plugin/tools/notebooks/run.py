"""Runs the notebooks and compares what they show with what they have shown, or keeps it.

    run.py FOLDER check|write [NAME ...]

A cell's outputs are compared as text, by MIME type; of pictures, pages and specifications only
the types, because their bytes are not the same on every machine. A notebook whose metadata name
other kernels (`also`) runs in those as well, where it must print the same.
"""

import asyncio
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

DRAIN_SECONDS = 0.1
CELL_SECONDS = 120
OUTPUTS = ("stream", "display_data", "execute_result", "error")


class Client(NotebookClient):
    """The Deno kernel sends some outputs after it has said that it is idle."""

    async def async_execute_cell(self, cell, *args, **kwargs):
        done = await super().async_execute_cell(cell, *args, **kwargs)
        while True:
            try:
                message = await self.kc.get_iopub_msg(timeout=DRAIN_SECONDS)
            except Exception:  # An empty queue is what the kernel's client calls queue.Empty.
                return done
            if message["msg_type"] in OUTPUTS:
                self.process_message(message, cell, None)


def shown(output):
    """What of an output is compared."""
    if output.output_type == "stream":
        return {output.name: output.text}
    if output.output_type == "error":
        return {"error": f"{output.ename}: {output.evalue}"}
    plain = output.data.get("text/plain")
    return {"types": sorted(output.data), "text/plain": plain}


def merged(outputs):
    """Outputs with the pieces of a stream joined: how it is cut is chance."""
    result = []
    for output in outputs:
        last = result[-1] if result else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            result.append(output)
    return result


def execute(notebook, path, kernel):
    """Runs all cells, whatever they say."""
    client = Client(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name=kernel,
        resources={"metadata": {"path": str(path.parent)}},
        allow_errors=True,
        record_timing=False,
    )
    client.execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = merged(cell.outputs)
            cell.metadata.pop("execution", None)


def errors(cells):
    """What went wrong in cells."""
    for number, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield f"cell {number} fails: {output.ename}: {output.evalue}"


def printed(cell):
    """What a cell has printed, however it was cut into messages."""
    outputs = cell.get("outputs", [])
    return "".join(o.text for o in outputs if o.output_type == "stream").strip()


def run(path, write):
    """Runs one notebook; returns what is wrong with it."""
    notebook = nbformat.read(path, as_version=4)
    before = [[shown(o) for o in cell.get("outputs", [])] for cell in notebook.cells]
    execute(notebook, path, notebook.metadata.kernelspec.name)
    wrong = list(errors(notebook.cells))
    if not any(cell.cell_type == "code" for cell in notebook.cells):
        wrong.append("has no cells to run")
    for number, (cell, old) in enumerate(zip(notebook.cells, before)):
        now = [shown(output) for output in cell.get("outputs", [])]
        if not write and now != old:
            wrong.append(f"cell {number} shows\n{now}\nwhere it has shown\n{old}")
    for kernel in notebook.metadata.get("also", []):
        other = nbformat.read(path, as_version=4)
        execute(other, path, kernel)
        wrong += [f"in {kernel}, {sentence}" for sentence in errors(other.cells)]
        for number, (cell, here) in enumerate(zip(other.cells, notebook.cells)):
            if printed(cell) != printed(here):
                wrong.append(f"in {kernel}, cell {number} prints\n{printed(cell)}")
    notebook.metadata.pop("language_info", None)
    if write and not wrong:
        nbformat.write(notebook, path)
    return wrong


def main():
    folder, how, *names = sys.argv[1:]
    paths = sorted(Path(folder).glob("*.ipynb"))
    if names:
        paths = [path for path in paths if path.stem in names]
    passed = failed = 0
    for path in paths:
        wrong = run(path, how == "write")
        print(f"{'✗' if wrong else '✓'} {path.name}", flush=True)
        for sentence in wrong:
            print(f"  {sentence}", flush=True)
        passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
    if not paths:
        print(f"there are no notebooks in {folder}")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    sys.exit(main())
