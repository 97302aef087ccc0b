#!/usr/bin/env python3
"""What `bansho evidence --json` shows as missing waits for a part of Bansho that is still to come, and says so.

usage: only_awaited.py EVIDENCE.json   (names every clause of which this is not true, and ends with 1)
"""
import json
import re
import sys

PARTS = {"ファイルの無害化": "gate", "ネットワークの分離": "zone", "ログと監視": "watch"}
SENTENCE = re.compile("番所の「(" + "|".join(PARTS) + ")」の部分がまだないため")


def reason(clause):
    """What is wrong with why the clause is missing; None where nothing is."""
    said = SENTENCE.search(clause["why"])
    if said is None:
        return clause["why"]
    # A past day is read from what was written down, where rules are not.
    if "since" not in clause and PARTS[said.group(1)] not in clause.get("awaits", []):
        return f"says 「{said.group(1)}」 and awaits {clause.get('awaits')}"
    return None


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        evidence = json.load(file)
    missing = [clause for clause in evidence["clauses"] if clause["state"] == "missing"]
    wrong = [(clause["clause"], reason(clause)) for clause in missing]
    wrong = [(clause, why) for clause, why in wrong if why is not None]
    for clause, why in wrong:
        print(f"{clause} is missing: {why}", file=sys.stderr)
    if len(missing) != evidence["states"]["missing"] or not evidence["clauses"]:
        wrong.append(("all", "counted otherwise"))
        print(f"{len(missing)} missing, {evidence['states']['missing']} counted", file=sys.stderr)
    sys.exit(1 if wrong else 0)


main()
