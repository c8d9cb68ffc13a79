from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job

class BackgroundScheduler:
    def __init__(
        self,
        *,
        executors: Mapping[str, ThreadPoolExecutor] = ...,
        job_defaults: Mapping[str, object] = ...,
        timezone: tzinfo = ...,
    ) -> None: ...
    def add_job(
        self,
        func: Callable[[], object],
        trigger: str,
        *,
        seconds: float,
        id: str,
        max_instances: int = ...,
        next_run_time: datetime = ...,
    ) -> Job: ...
    def get_jobs(self) -> list[Job]: ...
    def start(self, paused: bool = False) -> None: ...
    def shutdown(self, wait: bool = True) -> None: ...
