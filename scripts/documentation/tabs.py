"""Programs in several languages: folded up on a repository site, tabs on ours.

A page shows one program open, and the same program in other languages right after it:

    ```python
    …
    ```

    <details><summary>TypeScript</summary>

    ```typescript
    …
    ```

    </details>

Every Markdown viewer can show that. `with_tabs` writes the directives of sphinx-design
instead, so that a reader chooses a language once for all pages.
"""

from __future__ import annotations

import re

# Names of the languages by what stands behind the fence, in the order of the tabs.
LANGUAGES = {"python": "Python", "typescript": "TypeScript", "go": "Go", "yaml": "YAML"}

_OPEN = r"(?P<indent>[ ]*)```(?P<language>\w+)\n(?:(?![ ]*```).*\n)*(?P=indent)```\n"
_FOLDED = (
    r"\n(?P=indent)<details><summary>[^<\n]+</summary>\n"
    r"(?:(?![ ]*</details>).*\n)*(?P=indent)</details>\n"
)
_PROGRAMS = re.compile(rf"^(?P<open>{_OPEN})(?P<folded>(?:{_FOLDED})+)", re.MULTILINE)
_ONE_FOLDED = re.compile(
    r"<details><summary>(?P<label>[^<]+)</summary>\n(?P<text>.*?)[ ]*</details>\n",
    re.DOTALL,
)


def with_tabs(page: str) -> str:
    """Return a page whose folded programs are tabs."""
    return _PROGRAMS.sub(_tab_set, page)


def _tab_set(found: re.Match[str]) -> str:
    indent = found["indent"]
    open_label = LANGUAGES.get(found["language"], found["language"])
    tabs = [(open_label, found["open"])]
    tabs += [
        (one["label"], one["text"]) for one in _ONE_FOLDED.finditer(found["folded"])
    ]
    items = "".join(_tab(label, text, indent) for label, text in tabs)
    return f"{indent}``````{{tab-set}}\n{items}{indent}``````\n"


def _tab(label: str, text: str, indent: str) -> str:
    return (
        f"{indent}`````{{tab-item}} {label}\n{indent}:sync: {label.lower()}\n\n"
        f"{text}{indent}`````\n"
    )
