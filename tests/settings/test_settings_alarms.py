"""The budget of false alarms: one for the client, shared by the watches that name none of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit_settings import CLIENT, loaded

BUDGETS = {
    "one watch has it all": ("", ("",), (1.0,)),
    "two share": ("alarms_per_month: 3\n", ("", ""), (1.5, 1.5)),
    "one has its own": ("", ("", "spike: {alarms_per_month: 0.2}", ""), (0.5, 0.2, 0.5)),
}


@pytest.mark.parametrize(("client", "watches", "expected"), BUDGETS.values(), ids=BUDGETS)
def test_the_budget_of_each_watch(
    tmp_path: Path, client: str, watches: tuple[str, ...], expected: tuple[float, ...]
) -> None:
    written = "".join(f"  - id: w{n}\n    query: fleurs\n    {own}\n" for n, own in enumerate(watches))
    before, _, rest = CLIENT.partition("watches:\n")
    after = rest[rest.index("sources:") :]
    text = f"{before}{client}watches:\n{written}{after}"
    [found] = loaded(tmp_path, {"clients/floreal.yaml": text}).installation.clients
    assert tuple(watch.spike.alarms_per_month for watch in found.watches) == pytest.approx(expected)
