"""What a file that stands where one is to be written is: a report that evalkit made, or something of the user's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

# Bytes looked at from either end: a report says at its start what it is, a page and a Markdown file at their end.
_LOOK, _OVER = 1 << 16, 256
_LONGEST = 1 << 22  # bytes of a line: of one without an end no more is held in memory
# How the reports begin that are made to be read, by people or programs. Lists, links, sheets and texts, which are made
# to be worked on, are not among them, nor is what another program could have written so.
_STARTS = re.compile(
    rb"""
      \{\s*"schema":\ ?"evalkit/(?!history/)           # results, overviews, metrics; a history is made once alone
    | [^\n]*\ \(evalkit\ \d[\w.+]*\)\r?\n(?:           # table, text: a title may end so, but not go on so
        \Z|gate:\ |\r?\n(?:no\ system\ was|Scores,\ scope|Not\ trusted,\ so|Findings\ \((?:made|by)[ ]
        |[Nn]ote:|[\d,]+\ notes)
        |\r?\n[^\n]+\ \((?:translation|report|summary),\ [\d,]+\ words?\)\r?\n)
    | \[\]\n\Z                                                             # of nothing nothing is lost
    | no\ reference\ (?:was\ )?given,\ so\ there\ are\ no\ scores;
    | \#\#\#\ [^\n]*\n\n(?:\d+\ findings?\ \(|no\ findings|\|\ system\ \|) # summary
    | (?:held\ against\ no\ baseline|no\ baseline\ to\ compare\ with)\r?\n\Z  # changes
    | [^\n]+:\ (?:not\ )?trusted:\ [\s\S]{0,9999}?\n(?:links|coverage):\   # alignment
    | (?:ok|FAIL(?:ED)?|failed|accepted)\s+[^\n]*:\ \d+\ of\ \d+\ as\ asked       # term tests
    | [^\n]+:\d+:\d+:\ term-[\w-]+\ \(\w+\)\r?\n\ \ expected\ +'[\s\S]{0,9999}?\nFAILED\ \ [^\n]*,\ \d+\ findings?\r?\n
    | terms:\ \d+\ failed,\ \d+\ passed
    | Self-test\ on\ [^\n]*:\ [\d,]+\ sentences,\ seed\ \d+\r?\n
    | \#*\ ?Agreement\ with\ [^\n]*\r?\n\r?\n[\d,]+\ systems,\             # metrics held against people
    | domain\thuman\tmetric\tlevel\tstatistic\taverage\t
    | [^\n]*:\ history\r?\n\r?\n(?:\#\#\ )?In\ short\r?\n
    | system\tkind\ttrusted\treference_coverage\t                          # tables
    | system\tdocument\tside\tline\tcolumn\tstart\tend\trule\tcategory\tseverity\tconfidence\ttext\texpected
      \tmessage\t(?:\w+\t)?fingerprint\r?\n
    | system\tdocument\twords\ttrusted
    | system\twhat\tname\tscope\toutcome\tbefore\tnow\t
    | metric\tscope\tbaseline\tsystem\toutcome\tdelta\t
    | system,document,side,line,column,start,end,rule,category,severity,confidence,text,expected
      ,message,(?:\w+,)?fingerprint\r?\n
    | system,document,unit,link,confidence,candidate,reference,source
    | system,metric,scope,value,low,high,trusted,signature
    | %\ needs\ \\usepackage\{booktabs\}\r?\n(?:        # LaTeX
        %\ [^\n]*(?:\|version:|:\ not\ trusted:\ |the\ result\ holds\ no\ score)
        |\r?\n\\begin\{table\*?\}[\s\S]{0,99}?\\toprule\r?\nLevel\ &\ Statistic\ &)
    | \{\s*"\$schema":\ "[^"]*sarif[^"]*",\s*"version":\ "[^"]*",\s*"runs":\ \[\s*\{\s*"tool":\ \{\s*"driver":\ \{\s*
      "name":\ "evalkit"
    | \[\n\ \{\n\ \ "description":[^\n]*\n\ \ "check_name":[^\n]*\n\ \ "fingerprint":\ "[0-9a-f]{32}"   # GitLab
    | <\?xml[^\n]*\n<testsuites\ name="[^\n]*"\ skipped="\d+">\n\ \ <testsuite\ name="[^\n]*"\ skipped="\d+">\n
      [\s\S]{0,9999}?\ name="(?:the\ alignment\ is\ trusted|no\ findings|[^"\n]*\ [0-9a-f]{16}-\d+)"        # JUnit
    | <!doctype\ html>\n<html\ lang="en">\n<head>\n(?:<meta\ [^\n]*>\n)+<title>Metrics\ against\ people</title>
    | <svg\ xmlns="http://www\.w3\.org/2000/svg"\ [^\n>]*\ font-family="Liberation\ Sans,[^\n>]*\ font-size="11">
    """,
    re.VERBOSE,
)
# The last sentence of a Markdown report, the last line of a page of several, and both in HTML: who quotes the first
# words of it has not made a report.
_MADE_BY = re.compile(
    rb"(?m:^)Made by evalkit [`\\]*\d[^\s`]*`? \(evalkit/result/\d+\); the JSON result|"
    rb"(?m:^)Made by evalkit \d\S*\.\r?\n\Z"
)
# Reports of a line a finding: what the first line must be, one of a finding, and one that may stand besides; the last
# line counts the findings, so that such a report with a line too many or too few is somebody's work.
_NOT_TRUSTED = rb".+: alignment (?:with the source )?not trusted: .*|no reference was given.*; \d+ rules? passed, .*"
_MORE = rb"\d+ (?:more as in most other systems|disputed|judged \w+)"
_LAST = rb"(?:(no|\d+) findings?(?: \(%b(?:, %b)*\))?|findings were not asked for)" % (_MORE, _MORE)
_COUNTED = tuple(
    (re.compile(finding), re.compile(rb"%b|%b" % (beside, end)), re.compile(end))
    for finding, beside, end in (
        (rb".+:\d+:\d+: [\w-]+ (?:neutral|minor|major|critical) .*", _NOT_TRUSTED, _LAST),  # lint
        (
            rb"::(?:error|warning|notice) (?=.*\bfile=).*,title=evalkit [\w-]+(?: \(new\))?::.*",
            rb"::error title=evalkit gate::.*|::warning file=.*,title=evalkit::alignment not trusted: .*",
            rb"evalkit: " + _LAST,
        ),  # github
    )
)
_MADE_BY_HTML = re.compile(rb">\s*Made by evalkit (?:<[^>]{1,99}>)?\d")


def is_own_report(path: Path) -> bool:
    """Whether a file is a report that evalkit made: it can be made again, and another may take its place."""
    with path.open("rb") as stream:
        head = stream.read(_LOOK)
        if _STARTS.match(head) or _is_counted(stream):
            return True
        if not head.startswith(b"<!DOCTYPE html>"):
            stream.seek(max(0, stream.seek(0, 2) - _LOOK))
        else:  # the data of a page stand below its last line
            stream.seek(0)
            return _holds(stream, _MADE_BY_HTML)
        return _MADE_BY.search(stream.read()) is not None


def _is_counted(stream: BinaryIO) -> bool:
    """Whether a file is a report of a line a finding, with as many findings as its last line says."""
    for finding, beside, end in _COUNTED:
        stream.seek(0)
        found, last = 0, b""
        for line in iter(lambda: stream.readline(_LONGEST), b""):
            last = line.rstrip(b"\r\n")
            if finding.fullmatch(last):
                found += 1
            elif not beside.fullmatch(last):
                break
        else:
            said = end.fullmatch(last)
            if said and int((said[1] or b"0").replace(b"no", b"0")) == found:
                return True
    return False


def _holds(stream: BinaryIO, pattern: re.Pattern[bytes]) -> bool:
    """Whether a pattern of some bytes is in the rest of a file."""
    kept = b""
    while block := stream.read(_LOOK):
        if pattern.search(kept + block):
            return True
        kept = block[-_OVER:]
    return False
