"""Tests are as patient as the machine is slow: no example of a law has a deadline, and none is called too slow.

They begin as at a terminal: what started them may have them ignore signals, and processes inherit that.
"""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
