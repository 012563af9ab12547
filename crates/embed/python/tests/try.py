"""The installed wheel answers as the native program does, byte for byte, and its README is true.

    python try.py VECTORS.jsonl README.md
"""

import json
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from unclench import Problem, Unclench

vectors, readme = (Path(name) for name in sys.argv[1:])
unclench = Unclench()


def asked(call, request):
    request = dict(request)
    if call in ("assess", "next", "explain"):
        return getattr(unclench, call)(request.pop("answers"), **request)
    if call == "dose":
        return unclench.dose(request.pop("product"), **request)
    if call == "verify":
        return unclench.verify(request["certificate"])
    return unclench.questions()


def as_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def every_answer_is_that_of_the_native_program_byte_for_byte():
    calls = {}
    for line in vectors.read_text("utf-8").splitlines():
        vector = json.loads(line)
        calls[vector["call"]] = calls.get(vector["call"], 0) + 1
        try:
            told, problem = as_json(asked(vector["call"], vector["request"])), None
        except Problem as error:
            told, problem = None, error
            assert "SECRET" not in f"{error}{error.errors}", error
        assert told == vector.get("told"), vector["request"]
        if "problem" in vector:
            assert (problem.status, problem.detail, problem.errors) == (
                vector["problem"]["status"],
                vector["problem"]["detail"],
                vector["problem"].get("errors", []),
            )
    assert len(calls) == 6 and calls["assess"] > 800, calls


def threads_take_turns():
    told = []
    ask = lambda: told.extend(unclench.assess({"age": 44})["upper"] for _ in range(50))
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["emergency"] * 200, told


def a_book_that_is_none_is_refused():
    try:
        Unclench(book=b"no book")
    except RuntimeError as error:
        assert "no compiled book" in str(error)
    else:
        raise AssertionError("it was opened")


def what_the_readme_shows_runs_and_prints_what_it_says():
    shown = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", readme.read_text("utf-8"), re.S)
    assert len(shown) == 4, len(shown)
    for code, expected in shown:
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout == expected, f"{code}\nprints\n{ran.stdout}"


def what_the_readme_shows_has_the_types_that_it_says():
    for code in re.findall(r"```python\n(.*?)```", readme.read_text("utf-8"), re.S):
        # The last shows what does not fit.
        assert (checked(code) == 0) != ("a bit" in code), code
    assert checked('from unclench import Unclench\nUnclench().assess({"fever": "a bit"})\n') != 0
    assert checked('from unclench import Unclench\nUnclench().next({})["nexd"]\n') != 0


def checked(code):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "example.py"
        file.write_text(code)
        mypy = [sys.executable, "-m", "mypy", "--strict", str(file)]
        return subprocess.run(mypy, capture_output=True, cwd=folder).returncode


passed, failed = 0, 0
for test in [
    every_answer_is_that_of_the_native_program_byte_for_byte,
    threads_take_turns,
    a_book_that_is_none_is_refused,
    what_the_readme_shows_runs_and_prints_what_it_says,
    what_the_readme_shows_has_the_types_that_it_says,
]:
    name = test.__name__.replace("_", " ")
    try:
        test()
    except Exception as error:
        failed += 1
        print(f"FAILED   {name}\n{type(error).__name__}: {error}", flush=True)
    else:
        passed += 1
        print(f"ok       {name}", flush=True)
print(f"test result: {'FAILED' if failed else 'ok'}. {passed} passed; {failed} failed")
sys.exit(failed > 0)
