#!/usr/bin/env python3
"""Draw citations of the book to check against their sources.

A citation is one source named by one statement of one block: a rule, cause,
remedy, habit, referral, medicine, product or answer, or a row in one (the
evidence of a cause, the cautions of a medicine). Left out are the sources
that are no document, `clinical_knowledge` and `design_judgement`, and the
five articles.

    python3 docs/citations.py                  the 40 drawn with seed 2026
    python3 docs/citations.py --number 100     more of them
    python3 docs/citations.py --seed 2027      others
    python3 docs/citations.py --commit f58425c the book as it was at a commit
    python3 docs/citations.py --all            every citation, none drawn

Each line is number, block, row (its condition, or "-"), source, place ("-"
where none is given), and file with line, between tabs. The order is that of
file path and line, so the same book and seed give the same draw on every
machine. guideline/citations_checked.md holds what the check of a draw found,
and names the commit that it was drawn from.

Python 3.11, nothing but the standard library. It reads, and writes nothing
but its output.
"""

import argparse
import pathlib
import random
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
BOOK = "guideline"
KINDS = {
    "rule", "cause", "remedy", "habit", "referral", "medicine", "product",
    "answer",
}
NOT_DOCUMENTS = {"clinical_knowledge", "design_judgement"}
ARTICLE = re.compile(r"article_s[0-4]")
FENCE = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def pages(commit):
    """Path and text of every Markdown page, sorted by path."""
    if commit is None:
        for path in sorted((ROOT / BOOK).rglob("*.md"), key=pathlib.Path.as_posix):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        return

    def git(*arguments):
        done = subprocess.run(["git", "-C", str(ROOT), *arguments],
                              check=True, capture_output=True)
        return done.stdout.decode("utf-8")

    names = git("ls-tree", "-r", "-z", "--name-only", commit, BOOK + "/")
    for name in sorted(names.split("\0")):
        if name.endswith(".md"):
            yield name, git("show", f"{commit}:{name}")


def cited(table):
    """(row, source, place) of a block and of the rows inside it."""
    # `base_rate_sources` stands for a number of its own, so it is a row.
    for key in ("sources", "base_rate_sources"):
        row = "base_rate" if key == "base_rate_sources" else table.get("if")
        for source in table.get(key, []):
            if isinstance(source, str):
                yield row or "-", source, "-"
            else:
                yield row or "-", source["source"], source.get("at", "-")
    for rows in table.values():
        if isinstance(rows, list):
            for inner in rows:
                if isinstance(inner, dict) and "sources" in inner:
                    yield from cited(inner)


def citations(commit):
    """Every citation, as the tuple that is printed."""
    for path, text in pages(commit):
        for fence in FENCE.finditer(text):
            line = text.count("\n", 0, fence.start(1)) + 1
            for kind, blocks in tomllib.loads(fence[1]).items():
                if kind not in KINDS:
                    continue
                for name, block in blocks.items():
                    for row, source, place in cited(block):
                        if source in NOT_DOCUMENTS or ARTICLE.fullmatch(source):
                            continue
                        yield f"{kind}.{name}", row, source, place, f"{path}:{line}"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--number", type=int, default=40)
    parser.add_argument("--commit", help="read the book of this commit")
    parser.add_argument("--all", action="store_true", help="print every citation")
    asked = parser.parse_args()
    every = list(citations(asked.commit))
    if asked.all:
        drawn = every
    else:
        if not 0 <= asked.number <= len(every):
            parser.error(f"there are {len(every)} citations")
        drawn = random.Random(asked.seed).sample(every, asked.number)
    print(f"# {len(every)} citations, {len(drawn)} shown, seed {asked.seed}",
          file=sys.stderr)
    for number, row in enumerate(drawn, 1):
        print(number, *row, sep="\t")


if __name__ == "__main__":
    main()
