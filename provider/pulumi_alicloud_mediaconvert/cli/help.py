"""Help in plain text: options in groups, wrapped only on a terminal."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand

# Wider lines are hard to read.
MAX_COLUMNS = 100
# Wider than any line of help.
UNLIMITED = 100_000
ARGUMENTS, OPTIONS = "Arguments", "Options"
WAITING, RESULTS, WHERE = "Waiting", "Results", "Region and credentials"
GROUPS = (ARGUMENTS, OPTIONS, WAITING, RESULTS, WHERE)


def help_settings(*, is_terminal: bool) -> dict[str, Any]:
    """Return the settings of commands that concern their help.

    Args:
        is_terminal: whether a person reads it; elsewhere each option is one line.
    """
    width = {} if is_terminal else {"terminal_width": UNLIMITED}
    return {
        "help_option_names": ["-h", "--help"],
        "max_content_width": MAX_COLUMNS,
        **width,
    }


class GroupedCommand(TyperCommand):
    """A command with its options in groups in its help, each below its heading."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  # of typer's own Click
        """Write arguments and options, each below its heading."""
        groups: dict[str, list[tuple[str, str]]] = {name: [] for name in GROUPS}
        for one in self.get_params(ctx):
            record = one.get_help_record(ctx)
            if record is None:
                continue
            if one.param_type_name == "argument":
                # Typer adds a type, of Python.
                groups[ARGUMENTS].append((one.metavar or record[0], record[1]))
            else:
                group = getattr(one, "rich_help_panel", None) or OPTIONS
                groups[group].append(record)
        for group, records in groups.items():
            if records:
                with formatter.section(group):
                    formatter.write_dl(records)
