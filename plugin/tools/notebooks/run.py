"""Runs notebooks and compares their outputs with the saved ones, or saves them.

    run.py FOLDER check|write [NAME ...]

Printed text and shown values are compared by MIME type. For pictures, pages and specifications of
charts only the types are compared, because their bytes differ between machines. A notebook whose
metadata name other kernels (`also`) runs in those too, and must print the same there.
"""

import asyncio
import sys
from difflib import get_close_matches
from pathlib import Path
from queue import Empty

import nbformat
from nbclient import NotebookClient

# How long the kernel must be silent after a cell. No output has been measured later than 3 ms.
DRAIN_SECONDS = 0.1
CELL_SECONDS = 120
OUTPUTS = ("stream", "display_data", "execute_result", "error")


class Client(NotebookClient):
    """Waits for late outputs: the Deno kernel sends some after it has reported idle."""

    async def async_execute_cell(self, cell, *args, **kwargs):
        done = await super().async_execute_cell(cell, *args, **kwargs)
        while True:
            try:
                message = await self.kc.get_iopub_msg(timeout=DRAIN_SECONDS)
            except Empty:
                return done
            if message["msg_type"] in OUTPUTS:
                self.process_message(message, cell, None)


def is_drawn(mime):
    """Whether only the presence of this type is compared."""
    return mime == "text/html" or mime.startswith(("image/", "application/vnd.vega"))


def shown(output):
    """The compared part of an output."""
    if output.output_type == "stream":
        return {output.name: output.text}
    if output.output_type == "error":
        return {"error": f"{output.ename}: {output.evalue}"}
    return {mime: "..." if is_drawn(mime) else data for mime, data in output.data.items()}


def merged(outputs):
    """Joins the pieces of each stream, which are cut at random."""
    result = []
    for output in outputs:
        last = result[-1] if result else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            result.append(output)
    return result


def all_shown(notebook):
    """The compared outputs of each cell."""
    return [[shown(o) for o in merged(cell.get("outputs", []))] for cell in notebook.cells]


def execute(notebook, path, kernel):
    """Runs all cells, even after errors."""
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
    """The errors of cells."""
    for number, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield f"cell {number} fails: {output.ename}: {output.evalue}"


def printed(cell):
    """All text that a cell has printed."""
    outputs = cell.get("outputs", [])
    return "".join(o.text for o in outputs if o.output_type == "stream").strip()


def run_elsewhere(path, kernel, cells):
    """Runs a notebook in another kernel; yields the differences to what `cells` printed."""
    other = nbformat.read(path, as_version=4)
    execute(other, path, kernel)
    yield from errors(other.cells)
    for number, (there, here) in enumerate(zip(other.cells, cells)):
        if printed(there) != printed(here):
            yield f"cell {number} prints\n{printed(there)}\nwhere Deno prints\n{printed(here)}"


def run(path, write):
    """Runs one notebook; yields its errors. With `write` and no errors, saves its outputs."""
    notebook = nbformat.read(path, as_version=4)
    if not any(cell.cell_type == "code" for cell in notebook.cells):
        yield "has no cells to run"
    before = all_shown(notebook)
    execute(notebook, path, notebook.metadata.kernelspec.name)
    wrong = list(errors(notebook.cells))
    for number, (now, old) in enumerate(zip(all_shown(notebook), before)):
        if not write and now != old:
            wrong.append(f"cell {number} shows\n{now}\nwhere it has shown\n{old}")
    for kernel in notebook.metadata.get("also", []):
        found = run_elsewhere(path, kernel, notebook.cells)
        wrong += [f"in {kernel}, {sentence}" for sentence in found]
    notebook.metadata.pop("language_info", None)
    if write and not wrong:
        nbformat.write(notebook, path)
    yield from wrong


def whatever_is_wrong(path, write):
    """Like `run`; also reports a file that is no notebook and a kernel that ends or hangs."""
    try:
        return list(run(path, write))
    except Exception as error:
        return [f"cannot be run: {type(error).__name__}: {error}"]


def chosen(folder, names):
    """The notebooks with these names, or all; and errors about the names."""
    paths = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    if not paths:
        return [], [f"there are no notebooks in {folder.name}"]
    wrong = []
    for name in names:
        if name not in paths:
            near = get_close_matches(name, paths, 1)
            hint = f' (did you mean "{near[0]}"?)' if near else ""
            wrong.append(f'there is no notebook "{name}"{hint}; there are {", ".join(paths)}')
    return [path for name, path in paths.items() if not names or name in names], wrong


def main():
    folder, how, *names = sys.argv[1:]
    paths, complaints = chosen(Path(folder), names)
    for sentence in complaints:
        print(sentence)
    passed, failed = 0, len(complaints)
    for path in paths:
        wrong = whatever_is_wrong(path, how == "write")
        print(f"{'✗' if wrong else '✓'} {path.name}", flush=True)
        for sentence in wrong:
            print(f"  {sentence}", flush=True)
        passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    sys.exit(main())
