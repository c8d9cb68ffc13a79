from datetime import datetime

class Job:
    def modify(self, *, next_run_time: datetime) -> Job: ...
