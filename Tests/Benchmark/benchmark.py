"""The project's figures, as one table: `make benchmark`. Nothing here passes or fails."""

import argparse
import dataclasses
import json
import os
import platform
import sys

import house
import multi
import player
import wire
from measure import table

PARTS = {"house": house, "wire": wire, "multi": multi, "player": player}


def machine():
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "?")
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kugel", required=True, help="the binary to measure")
    parser.add_argument("--json", help="write the rows to this file too")
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="measure these parts only")
    options = parser.parse_args()
    rows = []
    for part in options.part or PARTS:
        print(f"measuring: {part}", file=sys.stderr)
        rows += PARTS[part].rows(options.kugel)
    print(machine())
    print(table(rows))
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"machine": machine(), "rows": [dataclasses.asdict(row) for row in rows]}, file, indent=1)


if __name__ == "__main__":
    main()
