"""Worker processes as the run that feeds them sees them: started late, replaced when they die.

A batch that kills its worker is cut in halves, again and again, until one row (or the rows of one
key) is left, so that a single poisonous document costs itself and not the run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import polars as pl

from audit import frames
from audit.engines import Function, Schema, WorkerError, name_of, rows_of
from audit.engines.tables import ends
from audit.engines.worker import keep, pack, receive, send, unpack

DEATHS = 24  # workers that may die in a row on one function before it is given up
SINGLE = ("POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Task:
    """A function to run on batches, here or there; ``by`` says what a batch may be cut at."""

    def __init__(
        self, function: Function, schema: Schema, by: str | None, on_lost: Function | None
    ) -> None:
        self.function, self.schema, self.by, self.on_lost = function, schema, by, on_lost
        self.name = name_of(function)
        self.deaths = 0  # since the last call that came back

    @cached_property
    def payload(self) -> bytes:
        """What a worker is sent of it; made when one is, for the rules in it take a while."""
        return pickle.dumps((self.function, self.schema, self.by))

    @cached_property
    def digest(self) -> bytes:
        return hashlib.sha256(self.payload).digest()


class Worker:
    """One process. A call raises EOFError when it has died."""

    def __init__(self) -> None:
        root = str(Path(__file__).parents[2])
        paths = [root, *(os.path.abspath(path) for path in sys.path)]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "audit.engines.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | dict.fromkeys(SINGLE, "1") | {"PYTHONPATH": os.pathsep.join(paths)},
            process_group=0,  # Ctrl-C is for the run to handle
        )
        self.kept: dict[bytes, None] = {}
        self.started = False

    def call(self, task: Task, frame: pl.DataFrame) -> pl.DataFrame:
        assert self.process.stdin and self.process.stdout
        if not self.started:
            receive(self.process.stdout)
            self.started = True
        try:
            if task.digest not in self.kept:
                send(self.process.stdin, b"F", task.payload)
                keep(self.kept, task.digest, None)
            send(self.process.stdin, b"R", task.digest, pack(frame))
        except BrokenPipeError:
            raise EOFError from None
        kind, body = receive(self.process.stdout)
        if kind == b"O":
            return unpack(body)
        sentence, refusal = pickle.loads(body)
        raise refusal or WorkerError(sentence)

    def stop(self) -> int:
        """Ends the process, whatever it is doing, and returns its exit code."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError, ValueError):
                pipe.close()  # type: ignore[union-attr]
        return self.process.wait()


class Pool:
    """Up to ``jobs`` workers, started as calls come in, each fed by a thread."""

    def __init__(self, jobs: int) -> None:
        self._threads = ThreadPoolExecutor(jobs, "audit-worker")
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._alive: set[Worker] = set()
        self._closed = False

    def submit(self, task: Task, frame: pl.DataFrame) -> Future[pl.DataFrame]:
        return self._threads.submit(self._call, task, frame)

    def _call(self, task: Task, frame: pl.DataFrame) -> pl.DataFrame:
        with self._lock:
            if self._closed:
                raise WorkerError("the engine was closed")
            worker = self._idle.pop() if self._idle else Worker()
            self._alive.add(worker)
        try:
            result = worker.call(task, frame)
        except EOFError:
            code = worker.stop()
            with self._lock:
                self._alive.discard(worker)
                task.deaths += 1
                hopeless = self._closed or not worker.started or task.deaths > DEATHS
        except BaseException:
            self._idle.append(worker)
            raise
        else:
            self._idle.append(worker)
            task.deaths = 0
            return result
        if hopeless:
            raise WorkerError(f"workers keep dying in {task.name} (exit code {code})")
        marks = ends(frame, task.by)
        if len(marks) > 1:
            half = int(marks[(len(marks) - 1) // 2])
            return pl.concat([self._call(task, part) for part in (frame[:half], frame[half:])])
        if task.on_lost:
            return frames.conform(task.on_lost(frame), task.schema)
        rows = rows_of(frame, task.by)
        raise WorkerError(f"{task.name}: a worker died (exit code {code}) on {rows}")

    def close(self) -> None:
        with self._lock:
            self._closed = True
            workers = list(self._alive)
        for worker in workers:
            worker.process.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in workers:
            worker.stop()
