"""A worker for tests: the share of the reference's words that the candidate has. Its model's name makes it misbehave.

dies        ends at the first request for scores, each time it is started
dies-once   ends at the first request for scores, unless the file `died` lies beside it
garbage     answers with no JSON
refuses     answers with an error
few         gives one score too few
nan         gives a score that is no number
silent      never answers
deaf        reads no request, and never answers
digits      gives scores of 400 digits
nested      answers with brackets without end
endless     writes a line without end
twice       answers each request twice
mistaken    gives its scores as those of the next request
nameless    never says which request it answers
forgets     says it, but of scores
late-twice  answers each request twice, the second time a moment later
unfit       has an identity that no signature can hold
waits-third hangs at the third request for scores, unless the file `well` lies beside it
counted     writes down what it was asked
killed-third ends at the third request for scores, and works when it is started again
dies-third  ends at the third request for scores and all after it, unless the file `well` lies beside it
"""

import json
import os
import sys
import time
from pathlib import Path

MODEL, SIZE = sys.argv[1], sys.argv[2]
LIMIT = 20


def words(text):
    return text.split()


def score(row):
    wanted = words(row.get("reference", row.get("source", "")))
    found = words(row["candidate"])
    return sum(word in found for word in wanted) / len(wanted) - 0.01 * max(0, len(found) - len(wanted))


def spans(row):
    """The first word of a candidate that its reference has not; `elsewhere` gives words that no text has."""
    text = row["candidate"]
    odd = next((word for word in words(text) if word not in words(row["reference"])), None)
    if odd is None:
        return []
    start = text.index(odd)
    said = "elsewhere" if MODEL == "elsewhere" else odd
    return [{"text": said, "start": start, "end": start + len(odd), "severity": "major", "confidence": 0.75}]


if MODEL == "deaf":
    time.sleep(600)
while MODEL == "endless":
    sys.stdout.write("x" * 65536)
for line in sys.stdin:
    request = json.loads(line)
    if request["ask"] == "identify":
        answer = {"identity": {"model": MODEL, "size": SIZE, "versions": {"words": "1.0"}}}
        if MODEL == "unfit":
            answer["identity"]["versions"] = "\ud800"
    elif request["ask"] == "count":
        counts = [max(len(words(text)) for text in row.values()) for row in request["rows"]]
        answer = {"tokens": counts, "limit": LIMIT}
    elif request["ask"] == "spans":
        answer = {"spans": [spans(row) for row in request["rows"]]}
    else:
        answer = {"scores": [score(row) for row in request["rows"]]}
        died = Path(__file__).with_name("died")
        if MODEL == "dies" or (MODEL == "dies-once" and not died.exists()):
            died.touch()
            print("out of memory", file=sys.stderr)
            sys.exit(3)
        if MODEL.endswith("-third") or MODEL == "counted":
            with Path(__file__).with_name("asked").open("a+") as log:
                log.write(f"{len(request['rows'])}\n")
                log.flush()
                log.seek(0)
                number = len(log.readlines())
            if not Path(__file__).with_name("well").exists():
                if (MODEL == "dies-third" and number > 2) or (MODEL == "killed-third" and number == 3):
                    sys.exit(3)
                if MODEL == "waits-third" and number > 2:
                    Path(__file__).with_name("waits").write_text(str(os.getpid()))
                    time.sleep(600)
        if MODEL == "silent":
            time.sleep(600)
        answer = {"refuses": {"error": "no such layer"}, "few": {"scores": answer["scores"][1:]}}.get(MODEL, answer)
        if MODEL == "nan":
            answer = {"scores": [float("nan")] * len(request["rows"])}
        if MODEL == "digits":
            answer = {"scores": [int("9" * 400)] * len(request["rows"])}
    number = request["id"] + (MODEL == "mistaken" and request["ask"] == "score")
    if MODEL != "nameless" and not (MODEL == "forgets" and request["ask"] == "score"):
        answer["id"] = number
    text = json.dumps(answer)
    if MODEL == "late-twice":
        print(text, flush=True)
        time.sleep(0.3)
    print({"garbage": "{", "nested": "[" * 100_000, "twice": f"{text}\n{text}"}.get(MODEL, text), flush=True)
