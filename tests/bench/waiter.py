"""Runs a command and prints as JSON what it took, its workers counted. Usage: waiter.py COMMAND.

A process of its own, and a small one: the system counts the memory of whoever starts a program as
that program's, and a worker that outlives its program is nobody's unless someone adopts it.
"""

import ctypes
import json
import os
import sys
from time import perf_counter

ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of Linux

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1)
command = sys.argv[1:]
started = perf_counter()
pid = os.posix_spawn(command[0], command, os.environ)
_, status, usage = os.wait4(pid, 0)
wall = perf_counter() - started
usages = [usage]
try:
    while True:
        usages.append(os.wait4(-1, 0)[2])
except ChildProcessError:
    pass
cpu = sum(each.ru_utime + each.ru_stime for each in usages)
took = (wall, cpu, max(each.ru_maxrss for each in usages) / 1024)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "took": took}))
