#!/usr/bin/env python3
"""Measures the portal beside raw SQLite on the same disk, in one run; bounded to about eight minutes.

  bench.py [--program .build/release/patchbay] [--only writes,chat,idle,lists,usage] [--repeat 3] [--port 31870]

Prints a table and writes .run/bench.json. Absolute figures differ between machines and days; the ratios less so.
"""

import argparse
import json
import os
import pathlib
import platform
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time

from portal import DOMAIN, ROOT, Portal

HERE = pathlib.Path(__file__).resolve().parent
RUN = ROOT / ".run"
# Users, and messages under way among them.
LOADS = [(2, 2), (2, 32), (50, 32), (500, 64)]
IDLE_STREAMS = 2000
READERS = 50


def build(name, sources, *libraries):
    program = RUN / "bench" / name
    program.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cc", "-O2", "-Wall", "-o", program, *sources, *libraries], check=True)
    return program


class Bench:
    def __init__(self, arguments):
        self.arguments = arguments
        self.chatload = build("chatload", sorted((HERE / "chatload").glob("*.c")), "-lm")
        self.rawstore = build("rawstore", [HERE / "rawstore.c"], "-lsqlite3")
        self.results, self.raw_copy, self.portal = [], None, None

    def run(self, program, *arguments):
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise SystemExit(f"{program.name} {arguments}: {done.stderr[-500:]}")
        sys.stderr.write(done.stderr)
        return json.loads(done.stdout)

    def load(self, mode, users, *more, seconds=None):
        portal = self.portal
        return self.run(
            self.chatload, "-m", mode, "-P", portal.port, "-u", portal.users_file, "-n", users,
            "-x", portal.process.pid, "-d", seconds or self.arguments.seconds, *more)

    def repeated(self, measure, key="per_s", beside=None):
        """The run in the middle of a few; its `spread` says how far apart they were.

        With `beside` raw SQLite runs just before each, in groups of that many, so that a neighbour's noise meets both:
        the run's `ratio` is to what raw SQLite did in the same seconds.
        """
        runs = []
        for _ in range(self.arguments.repeat):
            raw = self.run(self.rawstore, "write", self.raw_copy, beside, 1)["per_s"] if beside else None
            run = measure()
            runs.append({**run, "raw_per_s": raw, "ratio": run[key] / raw} if beside else run)
        runs.sort(key=lambda run: run["ratio" if beside else key])
        middle = runs[len(runs) // 2]
        return {**middle, "spread": [min(run[key] for run in runs), max(run[key] for run in runs)]}

    def note(self, name, unit, run, beside="", figure=None):
        """One line of the table. `run` is kept whole in the file; its `ratio` is to what stands in `beside`."""
        figure = run["per_s"] if figure is None else figure
        self.results.append({"name": name, "figure": figure, "unit": unit, "beside": beside, **run})
        share = f"{run['ratio']:7.2f} × {beside}" if beside else ""
        print(f"{name:<52} {figure:>10,.1f} {unit:<12} {share}", flush=True)

    def fresh(self, users, plugins=("Chat",)):
        if self.portal:
            self.portal.stop()
        self.portal = Portal(self.arguments.program, RUN / "bench" / "portal", self.arguments.port, users, plugins)
        return self.portal

    # What the disk and SQLite give

    def measure_raw(self):
        """Works on a copy of the store, with its people and chats; the portal is idle meanwhile."""
        self.portal.stop()
        self.raw_copy = self.portal.copy_store("raw.sqlite")
        self.portal.start()
        for group in (1, 64):
            got = self.repeated(lambda: self.run(self.rawstore, "write", self.raw_copy, group, 2))
            self.note(f"raw SQLite, durable messages, groups of {group}", "messages/s", got)

    def measure_writes(self):
        for callers in (1, 64):
            got = self.repeated(lambda: self.load("write", callers, "-c", callers), beside=callers)
            name = "POST one by one" if callers == 1 else f"POST from {callers} connections"
            self.note(f"durable messages, {name}", "messages/s", got, f"raw, groups of {callers}")

    def measure_chat(self):
        for users, outstanding in LOADS:
            got = self.repeated(lambda: self.load("closed", users, "-c", outstanding), beside=64)
            self.note(
                f"POST to reader's stream, {users} users, {outstanding} under way", "messages/s", got,
                "raw, groups of 64")
            half = max(1, got["per_s"] / 2)
            busy = max(outstanding, users)
            calm = self.repeated(lambda: self.load("open", users, "-c", busy, "-r", half), key="p99_us")
            for name in ("p50", "p99"):
                self.note(f"    {name} at half of that", "ms", calm, figure=calm[f"{name}_us"] / 1000)

    def measure_idle(self):
        """Four windows of each of 500 people, on a server that has just started."""
        portal = self.portal
        portal.stop()
        lines = portal.users_file.read_text()
        portal.users_file.write_text(lines * -(-IDLE_STREAMS // portal.users))
        portal.start()
        got = self.load("idle", IDLE_STREAMS, seconds=3)
        portal.users_file.write_text(lines)
        self.note(f"memory of an idle event stream, {got['streams']} open", "KiB", got, figure=got["kib_each"])

    def measure_lists(self):
        """The same questions to a small store and to a large one."""
        medians = {}
        for name, last, short in (("10 thousand", 1051, 6), ("1 million", 1201, 49)):
            portal = self.fresh(last - 1000)
            script = (HERE / "fill.sql").read_text().replace(":short", str(short)).replace(":last", f"'{last}'")
            portal.fill(script)
            raw = self.run(self.rawstore, "read", portal.copy_store("raw.sqlite"), 2)
            portal.start()
            for what, key in (("inbox", "inbox_us"), ("page of 50", "page_us")):
                took = self.ask_lists(what)
                medians.setdefault(what, []).append(took)
                run = {"raw_us": raw[key], "ratio": took / raw[key]}
                self.note(f"{what}, {name} messages", "µs", run, "raw SELECT", figure=took)
        for what, (small, large) in medians.items():
            self.note(f"{what}, 1 million beside 10 thousand", "times", {"goal": 1.5}, figure=large / small)

    def ask_lists(self, what):
        portal, chance, took = self.portal, random.Random(7), []
        long = {}
        for reader in range(READERS):
            inbox = portal.ask(reader, "GET", "/conversations?limit=200")["items"]
            long[reader] = [item["id"] for item in inbox if item["lastSequence"] >= 100]
        readers = [reader for reader in long if long[reader]]
        for _ in range(1500):
            reader = chance.choice(readers)
            path = "/conversations?limit=50"
            if what != "inbox":
                path = f"/conversations/{chance.choice(long[reader])}/messages?limit=50"
            began = time.perf_counter()
            answer = portal.ask(reader, "GET", path)
            took.append((time.perf_counter() - began) * 1e6)
            assert len(answer["items"]) >= 49, f"{path}: {len(answer['items'])} items"
        return statistics.median(took)

    def measure_usage(self):
        """The manager's page of figures, when a few and when many messages have been counted."""
        medians = []
        for name, messages in (("10 thousand", 10_000), ("1 million", 1_000_000)):
            portal = self.fresh(50, ("Chat", "SMS", "Simulator", "UsageStats"))
            portal.fill((HERE / "fill-usage.sql").read_text().replace(":messages", str(messages)))
            for level, subject in (("system", "system"), ("domain", DOMAIN), ("user", f"1000@{DOMAIN}")):
                portal.command("switch", "sms", level, subject, "on")
            portal.start()
            began = time.perf_counter()
            while portal.ask(0, "GET", "/usage/summary")["isCounting"]:
                time.sleep(0.1)
            counted = messages / (time.perf_counter() - began)
            took = []
            for _ in range(500):
                began = time.perf_counter()
                answer = portal.ask(0, "GET", "/usage/summary?days=90")
                took.append((time.perf_counter() - began) * 1e6)
            sums = answer["totals"]
            assert sums["received"] + sums["sent"] > 0.9 * messages, sums
            medians.append(statistics.median(took))
            self.note(f"figures of 90 days, {name} messages", "µs", {"counted_per_s": counted}, figure=medians[-1])
            self.note(f"    counted anew, {name}", "messages/s", {}, figure=counted)
        self.note("figures, 1 million beside 10 thousand", "times", {"goal": 1.5}, figure=medians[1] / medians[0])

    def everything(self):
        parts = self.arguments.only.split(",")
        began = time.monotonic()
        try:
            if {"writes", "chat", "idle"} & set(parts):
                self.fresh(500).start()
                self.portal.open_chats()
                self.measure_raw()
                for part in ("writes", "chat", "idle"):
                    if part in parts:
                        getattr(self, f"measure_{part}")()
            if "lists" in parts:
                self.measure_lists()
            if "usage" in parts:
                self.measure_usage()
        finally:
            if self.portal:
                self.portal.stop()
        shutil.rmtree(RUN / "bench" / "portal")  # half a gigabyte; after a fault it stays, with the log
        machine = {"processors": os.cpu_count(), "system": platform.platform(), "load": os.getloadavg()}
        RUN.joinpath("bench.json").write_text(json.dumps(
            {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": machine, "results": self.results},
            indent=1))
        print(f"took {time.monotonic() - began:.0f} s on {machine['processors']} processors; "
              f"load {machine['load'][0]:.1f}; .run/bench.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / ".build/release/patchbay")
    parser.add_argument("--only", default="writes,chat,idle,lists,usage")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.5)
    parser.add_argument("--port", type=int, default=31870)
    arguments = parser.parse_args()
    if not arguments.program.exists():
        raise SystemExit(f"There is no {arguments.program}: run make bench, or name a release build with --program.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is stopped on the way out
    Bench(arguments).everything()


if __name__ == "__main__":
    main()
