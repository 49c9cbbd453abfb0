"""The physical limit of sign-ins: how many passwords this machine compares per second."""

import json
import sys
import threading
import time

from hexclave_app.security.password_threads import THREADS
from hexclave_app.security.passwords import hash_password, verify_password


def main(seconds: float) -> float:
    """Comparisons per second."""
    encoded = hash_password("correct horse battery")
    counts = [0] * THREADS
    ends_at = time.perf_counter() + seconds

    def work(number: int) -> None:
        while time.perf_counter() < ends_at:
            verify_password("correct horse battery", encoded)
            counts[number] += 1

    started_at = time.perf_counter()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started_at)


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]))))
