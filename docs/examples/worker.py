"""A worker for `external`: a line of JSON in, a line of JSON out. The "model" here counts words.

evalkit score system.txt -r reference.txt -m 'external(worker=worker.py, sides=candidate+reference)'
"""

import json
import sys


def score(row):
    """1 where both texts have as many words, less the more they differ."""
    candidate, reference = len(row["candidate"].split()), len(row["reference"].split())
    return min(candidate, reference) / max(candidate, reference)


for line in sys.stdin:
    request = json.loads(line)
    if request["ask"] == "identify":
        answer = {"identity": {"model": "word counts", "versions": {"worker": "1"}}}
    elif request["ask"] == "count":
        answer = {"tokens": [len(row["candidate"].split()) for row in request["rows"]], "limit": 100}
    else:
        answer = {"scores": [score(row) for row in request["rows"]]}
    print(json.dumps({**answer, "id": request["id"]}), flush=True)
