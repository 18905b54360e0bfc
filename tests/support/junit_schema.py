"""What a build server takes as JUnit XML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

# What schema junit-10 of jenkinsci/xunit-plugin lets stand below what, and the
# attributes it demands and allows; of those that are written here.
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase", "system-out"},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure"},
}
DEMANDED = {
    "testsuite": {"name", "tests", "failures", "errors"},
    "property": {"name", "value"},
    "testcase": {"name"},
}
ALLOWED = DEMANDED | {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": DEMANDED["testsuite"] | {"skipped"},
    "testcase": {"name", "classname"},
    **{tag: {"type", "message"} for tag in ("failure", "error", "skipped")},
}


def assert_structure(root: ET.Element) -> None:
    """Assert that elements stand where Jenkins's schema lets them, all demanded."""
    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        assert DEMANDED.get(element.tag, set()) <= set(element.attrib)
        assert set(element.attrib) <= ALLOWED.get(element.tag, set())
