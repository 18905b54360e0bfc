"""Completion of `pulumi-mediaconvert`, as shells ask for it."""

from __future__ import annotations

import functools
import os
import subprocess

import pytest

from cli import PROGRAM

ASK = "_PULUMI_MEDIACONVERT_COMPLETE"
COMMANDS = ["get", "wait", "verify", "schema", "emulator"]
FORMATS = ["table", "json", "junit", "markdown", "html"]
TYPED = {
    "a command": (["ver"], ["verify"]),
    "all commands": ([""], COMMANDS),
    "an option": (["verify", "--as-"], ["--as-requested"]),
    "a value": (["wait", "--format", "j"], ["json", "junit"]),
    "all values": (["get", "abc", "--format", ""], FORMATS),
    # By itself the shell completes names of files then.
    "a file": (["verify", "--expect", ""], []),
}


@functools.cache
def asked(**environ: str) -> str:
    """Start the program as a shell does that wants to know something."""
    done = subprocess.run(
        [PROGRAM],
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(("words", "found"), TYPED.values(), ids=TYPED)
def test_bash_completes_what_is_typed(words, found):
    """A real bash that has read the script fills in commands, options and values."""
    script = asked(**{ASK: "source_bash"})
    typed = " ".join(f'"{word}"' for word in ["pulumi-mediaconvert", *words])
    asking = f"""{script}
COMP_WORDS=({typed})
COMP_CWORD={len(words)}
bound=$(complete -p pulumi-mediaconvert)
bound=${{bound#*-F }}
"${{bound%% *}}" pulumi-mediaconvert
for word in "${{COMPREPLY[@]}}"; do echo "$word"; done
"""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", asking],
        env={"PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert sorted(done.stdout.split()) == sorted(found)


def test_zsh_is_told_commands_with_what_they_do():
    """The script binds the program, and the answer is a list that zsh evaluates."""
    script = asked(**{ASK: "source_zsh"})
    told = asked(
        **{ASK: "complete_zsh", "_TYPER_COMPLETE_ARGS": "pulumi-mediaconvert ver"}
    )

    assert script.strip().startswith("#compdef pulumi-mediaconvert\n")
    assert f"{ASK}=complete_zsh" in script
    assert told.startswith('_arguments \'*: :(("verify":"Verify what')


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("pulumi-mediaconvert ver", "verify", id="a command"),
        pytest.param("pulumi-mediaconvert verify --as-", "--as-requested", id="option"),
    ],
)
def test_fish_is_told_what_fits(typed, found):
    """One line for each, with what it does behind a tab."""
    script = asked(**{ASK: "source_fish"})
    told = asked(
        **{
            ASK: "complete_fish",
            "_TYPER_COMPLETE_ARGS": typed,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "_TYPER_COMPLETE_WORD_TO_COMPLETE": typed.split()[-1],
        }
    )

    assert "complete --command pulumi-mediaconvert" in script
    assert [line.split("\t")[0] for line in told.splitlines() if line] == [found]
