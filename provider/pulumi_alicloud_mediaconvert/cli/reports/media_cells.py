"""Facts of media with their units, as tables and pages show them. Pure."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.api.models import AudioStream, VideoStream

KILO = 1000
BYTE_UNITS = ("B", "kB", "MB", "GB")


def seconds_cell(seconds: float | None) -> str:
    """Show a duration to a hundredth: `403.04 s`."""
    return "" if seconds is None else f"{seconds:.2f} s"


def kbps_cell(rate: float | None) -> str:
    """Show a bit rate: `889 kbit/s`."""
    return "" if rate is None else f"{rate:.0f} kbit/s"


def size_cell(size: int | None) -> str:
    """Show a size in bytes: `31.7 kB`."""
    if size is None:
        return ""
    shown, unit = float(size), 0
    while shown >= KILO and unit < len(BYTE_UNITS) - 1:
        shown, unit = shown / KILO, unit + 1
    return f"{shown:,.1f} {BYTE_UNITS[unit]}" if unit else f"{size} B"


def picture_cell(stream: VideoStream) -> str:
    """Show width and height in pixels: `848x478`."""
    return f"{stream.width}x{stream.height}" if stream.width and stream.height else ""


def fps_cell(stream: VideoStream) -> str:
    """Show frames per second: `29.97 fps`."""
    return "" if stream.fps is None else f"{stream.fps:.5g} fps"


def channels_cell(stream: AudioStream) -> str:
    """Show the number of channels: `2 ch`."""
    return "" if stream.channels is None else f"{stream.channels} ch"


def sample_rate_cell(stream: AudioStream) -> str:
    """Show a sample rate: `44100 Hz`."""
    return "" if stream.sample_rate_hz is None else f"{stream.sample_rate_hz} Hz"
